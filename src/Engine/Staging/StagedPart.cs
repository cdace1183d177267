using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Staging;

/// <summary>One snapshot of a set that is taken by way of a disk made for it.</summary>
/// <param name="Id">The snapshot.</param>
/// <param name="Lun">Null for the OS disk.</param>
/// <param name="Origin">The id of the machine's disk, or of the image: what it is of in truth.</param>
internal sealed record StagedPart(ResourceId Id, int? Lun, string Origin)
{
    private const int Digits = 12;

    /// <summary>The machine's disk; null for an image's.</summary>
    public DiskFacts? Pattern { get; init; }

    /// <summary>The tags of the snapshot that say what it is of; set and restore point are added later.</summary>
    public required IReadOnlyDictionary<string, string> Tag { get; init; }

    /// <summary>The disk made for it: the same for every run that makes this snapshot.</summary>
    public ResourceId DiskId { get; } = ResourceId.Of(Id.SubscriptionId, Id.ResourceGroupName!, ResourceTypes.Disk,
        $"imagesnapshot-{StableHash.Of(Digits, Id.Text.ToUpperInvariant())}-{SnapshotNames.Part(Lun)}");

    /// <summary>What has the name of the snapshot already.</summary>
    public DiskFacts? Existing { get; set; }

    /// <summary>Whether the snapshot is there whole.</summary>
    public bool IsDone => Existing is { IsUsable: true, CompletionPercent: >= 100, ProvisioningState: null or "Succeeded" };
}
