using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>The pages of snapshots, or of disks of a temporary image version, brought by the storage service to disks that are uploaded.</summary>
/// <remarks>The only way on which source and target need no token in common: what the storage service reads by is a signature.</remarks>
/// <param name="byVersion">Whether the image's disks are gone, and its bytes are those of a version of it.</param>
internal sealed class BlobRoute(bool byVersion) : CopyRoute
{
    // Beside each other the two must never be taken for the same: a disk may have changed since its image was made.
    private readonly string _prefix = byVersion ? "versionpages-" : "pages-";

    public override ImageCopyMethod Method => ImageCopyMethod.BlobCopy;

    public override string PartType => ResourceTypes.Disk;

    public override bool IsNamedByCreation => byVersion;

    public override bool ArrivesLater => false;

    /// <summary>Whether the bytes are those of a version of the image.</summary>
    public bool IsByVersion => byVersion;

    public override bool Brought(ResourceId part) => part.Is(ResourceTypes.Disk) && part.Name.EndsWith($"-{_prefix}{CopyDisk.OSStep}", StringComparison.OrdinalIgnoreCase);

    public override string StepOf(string diskStep) => _prefix + diskStep;

    public override IReadOnlyList<ResourceId> SharedBy(CopySource source) => [.. source.Disks.Select(disk => ReadOf(source, disk))];

    public override Task RepairAsync(Operation operation, CopySource source, CopyRegion region) => new BlobTransfer(operation, source, null).RunAsync([region]);

    // The bytes are there before a region begins with anything of its own.
    public override async Task<ArmAnswer> BeginPartAsync(CopyTemporaries temporaries, CopySource source, CopyRegion region, CopyDisk disk, ResourceId id) =>
        await temporaries.FindAsync(id).ConfigureAwait(false)
        ?? throw new ImageCmdletsException(ErrorIds.SourceNotFound, $"The disk '{id.Name}', to which the pages were copied, is gone.", id.Text);

    /// <summary>What is read of a disk.</summary>
    public ResourceId ReadOf(CopySource source, CopyDisk disk) => byVersion ? source.VersionDiskOf(disk) : source.SnapshotOf(disk);
}
