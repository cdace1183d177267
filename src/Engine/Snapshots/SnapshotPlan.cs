namespace ImageCmdlets.Engine.Snapshots;

/// <summary>One snapshot to take.</summary>
/// <param name="Id">The snapshot.</param>
/// <param name="Content">What it is to be.</param>
/// <param name="SourceUniqueId">Azure's own id of the disk: another disk of the same name has another.</param>
internal sealed record SnapshotPlan(ResourceId Id, SnapshotContent Content, string? SourceUniqueId);
