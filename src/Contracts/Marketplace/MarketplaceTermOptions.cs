namespace ImageCmdlets;

/// <summary>Whose terms are meant: those of a plan, or of the plan that an image of the marketplace has.</summary>
public sealed record MarketplaceTermOptions
{
    /// <summary>The subscription; the session's by default.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>The plan. Null: that of <see cref="Urn"/>.</summary>
    public PurchasePlan? Plan { get; init; }

    /// <summary>An image of the marketplace, whose plan is looked up.</summary>
    public ImageUrn? Urn { get; init; }

    /// <summary>The region whose marketplace is asked for <see cref="Urn"/>.</summary>
    public string? Location { get; init; }
}
