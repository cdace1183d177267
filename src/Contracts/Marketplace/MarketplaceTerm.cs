namespace ImageCmdlets;

/// <summary>The legal terms of a purchase plan, and whether a subscription has accepted them.</summary>
/// <remarks>Source: <c>MarketplaceAgreements_Get</c>.</remarks>
public sealed class MarketplaceTerm
{
    /// <summary>What is sold. A text of it is <c>Publisher:Product:Name</c>.</summary>
    public required PurchasePlan Plan { get; init; }

    /// <summary>Who sells it.</summary>
    public string Publisher => Plan.Publisher;

    /// <summary>The offer.</summary>
    public string Product => Plan.Product;

    /// <summary>The plan inside the offer.</summary>
    public string Name => Plan.Name;

    /// <summary>The subscription that was asked about.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Whether machines with this plan can be made in the subscription.</summary>
    public required bool IsAccepted { get; init; }

    /// <summary>Where the licence is to be read.</summary>
    public string? LicenseTextLink { get; init; }

    /// <summary>Where the seller's privacy policy is to be read.</summary>
    public string? PrivacyPolicyLink { get; init; }

    /// <summary>Where the marketplace's own terms are to be read.</summary>
    public string? MarketplaceTermsLink { get; init; }

    /// <summary>When the terms were read, by Azure's clock.</summary>
    public DateTimeOffset? RetrieveDatetime { get; init; }

    /// <summary>Azure's mark of this very text of the terms; it changes with them.</summary>
    public string? Signature { get; init; }

    public override string ToString() => $"{Plan} ({(IsAccepted ? "accepted" : "not accepted")})";
}
