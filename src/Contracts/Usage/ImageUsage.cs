namespace ImageCmdlets;

/// <summary>One use of an image: what was or will be made of it.</summary>
/// <remarks>Source: <c>imageReference</c> of <c>VirtualMachines_ListAll</c>, <c>VirtualMachineScaleSets_ListAll</c>, <c>VirtualMachineScaleSetVMs_List</c>;
/// <c>storageProfile.source</c> of <c>GalleryImageVersions_ListByGalleryImage</c>.</remarks>
public sealed class ImageUsage
{
    /// <summary>The full ARM id of what uses it.</summary>
    public required string Id { get; init; }

    public string Name => ResourceId.TryParse(Id)?.Name ?? Id;

    public string? ResourceGroupName => ResourceId.TryParse(Id)?.ResourceGroupName;

    public string? SubscriptionId => ResourceId.TryParse(Id)?.SubscriptionId;

    public required ImageUserKind Kind { get; init; }

    public string? Location { get; init; }

    /// <summary>The image or image version that it uses; of a scale set that follows the latest version, the one that its next instance gets. The
    /// image definition where there is none.</summary>
    public required string ImageId { get; init; }

    /// <summary>The version alone, where it is one.</summary>
    public string? Version => ResourceId.TryParse(ImageId) is { } id && id.Is(ResourceTypes.GalleryImageVersion) ? id.Name : null;

    /// <summary>Whether it names the image definition only: what is made next is made of the latest version then.</summary>
    public bool FollowsLatest { get; init; }

    /// <summary>The scale set of an instance.</summary>
    public string? ScaleSetId { get; init; }

    /// <summary>Whether an instance of a uniform scale set is as the set's model wants it; null of anything else, of which Azure does not say.</summary>
    public bool? LatestModelApplied { get; init; }

    public override string ToString() => $"{Kind} {Name}";
}
