using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>A version of the image in a temporary gallery, replicated to the regions, and disks made of it there.</summary>
/// <remarks>Azure makes no disk of a managed image itself (Azure/azure-cli#6081).</remarks>
internal sealed class GalleryRoute : CopyRoute
{
    public override ImageCopyMethod Method => ImageCopyMethod.Gallery;

    public override string PartType => ResourceTypes.Disk;

    public override bool IsNamedByCreation => true;

    public override bool Brought(ResourceId part) => part.Is(ResourceTypes.Disk);

    public override bool ArrivesLater => false;

    // Where the source is a version that is in some regions already, the others alone need one.
    public override IReadOnlyList<ResourceId> SharedBy(CopySource source) => source.Regions.All(region => source.HasVersionIn(region.Region.Name)) ? [source.Id] : [source.VersionId];

    public override async Task RepairAsync(Operation operation, CopySource source, CopyRegion region)
    {
        if (source.HasVersionIn(region.Region.Name))
            return;

        await new SharedVersion(operation, source, null, noWait: false).EnsureAsync([region]).ConfigureAwait(false);
        if (region.Failure is { } failure)
            throw failure;
    }

    public override Task<ArmAnswer> BeginPartAsync(CopyTemporaries temporaries, CopySource source, CopyRegion region, CopyDisk disk, ResourceId id) =>
        temporaries.BeginDiskAsync(id, disk, source.VersionIn(region.Region.Name), region);
}
