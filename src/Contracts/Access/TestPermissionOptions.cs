namespace ImageCmdlets;

/// <summary>Which rights are looked at.</summary>
public sealed record TestPermissionOptions
{
    public required IReadOnlyList<ImagePermissionOperation> Operation { get; init; }

    /// <summary>The machine, image, version, definition or gallery that the operation begins with.</summary>
    public required string Id { get; init; }

    /// <summary>Null: the source's.</summary>
    public string? TargetSubscriptionId { get; init; }

    /// <summary>Null: the source's.</summary>
    public string? TargetResourceGroupName { get; init; }

    /// <summary>The gallery that gets a version; null: no gallery is the target.</summary>
    public string? GalleryName { get; init; }

    /// <summary>The definition that gets a version; null: the whole gallery.</summary>
    public string? DefinitionName { get; init; }

    /// <summary>The subnet of new machines; null: a network is made.</summary>
    public string? SubnetId { get; init; }

    /// <summary>Leave out what is granted.</summary>
    public bool OnlyMissing { get; init; }

    /// <summary>The session of the target's tenant; null: the session of the source.</summary>
    public ImageSession? TargetSession { get; init; }
}
