using ImageCmdlets.Engine.Staging;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>The snapshots that a command takes.</summary>
/// <param name="Sets">Those of disks as they are.</param>
/// <param name="Staged">Those by way of disks that are made for it.</param>
internal sealed record SnapshotPlans(IReadOnlyList<SnapshotSet> Sets, IReadOnlyList<StagedSet> Staged)
{
    /// <summary>All snapshots.</summary>
    public IReadOnlyList<ResourceId> Ids =>
        [.. Sets.SelectMany(set => set.Members).Select(member => member.Plan.Id), .. Staged.SelectMany(set => set.Parts).Select(part => part.Id)];
}
