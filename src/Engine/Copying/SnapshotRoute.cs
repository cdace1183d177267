using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Snapshots of the disks in the source region, copied to snapshots in the others.</summary>
internal sealed class SnapshotRoute : CopyRoute
{
    public override ImageCopyMethod Method => ImageCopyMethod.SnapshotCopy;

    public override string PartType => ResourceTypes.Snapshot;

    public override bool Brought(ResourceId part) => part.Is(ResourceTypes.Snapshot);

    public override bool ArrivesLater => true;

    public override IReadOnlyList<ResourceId> SharedBy(CopySource source) => [.. source.Disks.Select(source.SnapshotOf)];

    public override async Task RepairAsync(Operation operation, CopySource source, CopyRegion region)
    {
        foreach (CopyDisk disk in source.Disks)
            await SharedSnapshots.EnsureAsync(operation, source, disk).ConfigureAwait(false);
    }

    public override Task<ArmAnswer> BeginPartAsync(CopyTemporaries temporaries, CopySource source, CopyRegion region, CopyDisk disk, ResourceId id) =>
        temporaries.BeginSnapshotAsync(id, disk.Step, source.SnapshotOf(disk).Text, region.Region.Name, region.Id);
}
