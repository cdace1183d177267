namespace ImageCmdlets;

/// <summary>The image definition to make. What is null comes from the source, where there is one.</summary>
public sealed record NewDefinitionOptions
{
    public required string ResourceGroupName { get; init; }

    public required string GalleryName { get; init; }

    public required string Name { get; init; }

    public string? SubscriptionId { get; init; }

    /// <summary>Null: the gallery's region.</summary>
    public string? Location { get; init; }

    /// <summary>The id of a machine, image, version, disk or snapshot whose versions it is to hold.</summary>
    public string? FromSource { get; init; }

    /// <summary><c>Windows</c> or <c>Linux</c>.</summary>
    public string? OSType { get; init; }

    /// <summary><c>Generalized</c> or <c>Specialized</c>; null: as the source, else Generalized.</summary>
    public string? OSState { get; init; }

    /// <summary><c>V1</c> or <c>V2</c>; null: as the source, else V2.</summary>
    public string? HyperVGeneration { get; init; }

    /// <summary><c>x64</c> or <c>Arm64</c>.</summary>
    public string? Architecture { get; init; }

    public string? SecurityType { get; init; }

    /// <summary>Null: the gallery's name.</summary>
    public string? Publisher { get; init; }

    /// <summary>Null: the definition's name.</summary>
    public string? Offer { get; init; }

    /// <summary>Null: the definition's name.</summary>
    public string? Sku { get; init; }

    public PurchasePlan? Plan { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset? EndOfLifeDate { get; init; }

    /// <summary>Further features by name.</summary>
    public IReadOnlyDictionary<string, string>? Feature { get; init; }

    public IReadOnlyDictionary<string, string>? Tag { get; init; }
}
