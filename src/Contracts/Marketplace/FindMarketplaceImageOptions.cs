namespace ImageCmdlets;

/// <summary>Which marketplace images are looked for; every text may be a wildcard pattern.</summary>
public sealed record FindMarketplaceImageOptions
{
    public required string Location { get; init; }

    public string? SubscriptionId { get; init; }

    public string Publisher { get; init; } = "*";

    public string Offer { get; init; } = "*";

    public string Sku { get; init; } = "*";

    /// <summary><c>latest</c>, an exact version or a pattern.</summary>
    public string Version { get; init; } = "latest";

    public string? Architecture { get; init; }

    public string? HyperVGeneration { get; init; }

    public string? OSType { get; init; }
}
