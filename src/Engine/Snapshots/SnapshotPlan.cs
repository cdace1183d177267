using ImageCmdlets.Engine.Disks;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>One snapshot to take.</summary>
/// <param name="Id">The snapshot.</param>
/// <param name="Content">What it is to be.</param>
/// <param name="Source">The disk, as it was when the snapshot was planned.</param>
internal sealed record SnapshotPlan(ResourceId Id, SnapshotContent Content, DiskFacts Source);
