namespace ImageCmdlets.Engine.Galleries;

/// <summary>What an image definition says of all its versions.</summary>
internal sealed record GalleryDefinitionContent
{
    public required string Location { get; init; }

    /// <summary><c>Windows</c> or <c>Linux</c>.</summary>
    public required string OSType { get; init; }

    /// <summary><c>Generalized</c> or <c>Specialized</c>.</summary>
    public required string OSState { get; init; }

    /// <summary><c>V1</c> or <c>V2</c>; null: V1, as with Azure.</summary>
    public string? HyperVGeneration { get; init; }

    /// <summary><c>x64</c> or <c>Arm64</c>; null: x64, as with Azure.</summary>
    public string? Architecture { get; init; }

    /// <summary>Features by name, the security type among them.</summary>
    public IReadOnlyDictionary<string, string> Feature { get; init; } = new Dictionary<string, string>();

    public string? Description { get; init; }

    public DateTimeOffset? EndOfLifeDate { get; init; }

    /// <summary>The first part of the identifier, which is unique in a gallery.</summary>
    public required string Publisher { get; init; }

    public required string Offer { get; init; }

    public required string Sku { get; init; }

    /// <summary>What machines of it have to be bought with; null: nothing.</summary>
    public PurchasePlan? Plan { get; init; }

    public required IReadOnlyDictionary<string, string> Tag { get; init; }
}
