using System.Collections.Concurrent;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Snapshots;
using Operation = ImageCmdlets.Engine.Operations.Operation;
using OperationTags = ImageCmdlets.Engine.Operations.OperationTags;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Makes what a copy needs on its way, takes over what another run began, and removes it.</summary>
/// <param name="operation">The branch.</param>
/// <param name="image">What is copied.</param>
/// <param name="waits">Whether a copy waits until another of the same disk to the same region has ended; false: it is refused.</param>
/// <param name="begun">What this run began, where another part of it has to know; null: nobody.</param>
/// <remarks>Nothing without this command's tags for this very image is ever taken over or removed, whatever its name.</remarks>
internal sealed class CopyTemporaries(Operation operation, CustomImage image, bool waits = true, ConcurrentDictionary<ResourceId, bool>? begun = null)
{
    public const string OperationName = "Copy-CustomImage";
    private readonly DiskTemporaries _disks = new(operation, found => AreMadeFor(found.Tag, image), waits, begun);

    /// <summary>Whether tags are this command's for an image.</summary>
    public static bool AreMadeFor(IReadOnlyDictionary<string, string> tags, CustomImage image) => OperationTags.IsMadeFor(tags, OperationName, image.Id);

    /// <summary>Begins a snapshot, or finds the one that another run has begun.</summary>
    /// <param name="id">The snapshot.</param>
    /// <param name="step">What it is to the copy.</param>
    /// <param name="sourceId">What it is taken of.</param>
    /// <param name="location">Its region.</param>
    /// <param name="target">The image that is made of it; null: those of all regions.</param>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: the name is taken by something else.</exception>
    public Task<ArmAnswer> BeginSnapshotAsync(ResourceId id, string step, string sourceId, string location, ResourceId? target = null) =>
        BeginAsync(id, () => SnapshotWriter.BeginAsync(operation, id, new SnapshotContent
        {
            SourceId = sourceId,
            Location = location,
            AcrossRegions = !string.Equals(location, image.Location, StringComparison.OrdinalIgnoreCase),
            Tag = Tags(step, target),
        }));

    /// <summary>Begins a disk, or finds the one that another run has begun.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: the name is taken by something else.</exception>
    public Task<ArmAnswer> BeginDiskAsync(ResourceId id, string step, CopyDisk disk)
    {
        bool isSystem = disk.Reference.Lun is null;
        return BeginAsync(id, () => DiskWriter.BeginAsync(operation, id, new DiskContent
        {
            SourceId = disk.Reference.SourceId!,
            Location = image.Location!,
            OSType = isSystem && disk.IsBlob ? image.OSType : null,
            HyperVGeneration = isSystem && disk.IsBlob ? image.HyperVGeneration : null,
            Tag = Tags(step),
        }));
    }

    /// <summary>Begins a disk of an image version, or finds the one that another run has begun.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: the name is taken by something else.</exception>
    public Task<ArmAnswer> BeginDiskAsync(ResourceId id, CopyDisk disk, ResourceId version, CopyRegion region) =>
        BeginVersionDiskAsync(id, disk, version, region.Region.Name, Tags(disk.Step, region.Id));

    /// <summary>Begins a disk of an image version in the image's own region, or finds the one that another run has begun.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: the name is taken by something else.</exception>
    public Task<ArmAnswer> BeginDiskAsync(ResourceId id, CopyDisk disk, ResourceId version) => BeginVersionDiskAsync(id, disk, version, image.Location!, Tags("disk-" + disk.Step));

    /// <summary>Begins a disk that is uploaded, or finds the one that another run has begun.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: the name is taken by something else.</exception>
    public Task<ArmAnswer> BeginUploadAsync(ResourceId id, CopyDisk disk, string step, long length, CopyRegion region) =>
        BeginAsync(id, () => DiskWriter.BeginAsync(operation, id, new DiskContent
        {
            SourceId = null,
            UploadLength = length,
            Location = region.Region.Name,
            OSType = disk.Reference.Lun is null ? image.OSType : null,
            HyperVGeneration = disk.Reference.Lun is null ? image.HyperVGeneration : null,
            Tag = Tags(step, region.Id),
        }));

    /// <summary>What is there and usable; null: nothing.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: the name is taken by something else.</exception>
    public Task<ArmAnswer?> FindAsync(ResourceId id) => _disks.FindAsync(operation, id);

    /// <summary>The tags of a temporary.</summary>
    public Dictionary<string, string> Tags(string step, ResourceId? target = null) => OperationTags.For(OperationName, step, image.Id, target?.Text);

    /// <summary>Waits for what was begun, by this run or another.</summary>
    public Task WaitAsync(ArmAnswer begun, ResourceId id) => operation.Poller.WaitAsync(begun, id.Text, null, operation.CancellationToken);

    /// <summary>Removes what is there. What cannot be removed is said in a warning and changes nothing of the copy's own end.</summary>
    public Task RemoveAsync(IReadOnlyList<ResourceId> ids) => RemoveAsync(ids, _ => true);

    /// <summary>Removes what this run began, and what nobody can use. What another run began it may still need: a warning names it.</summary>
    public async Task RemoveOwnAsync(IReadOnlyList<ResourceId> ids)
    {
        var left = new List<string>();
        await RemoveAsync(ids, found =>
        {
            bool mayGo = _disks.HasBegun(found.Id) || !found.IsUsable;
            if (!mayGo)
                left.Add(found.Id.Name);
            return mayGo;
        }).ConfigureAwait(false);
        if (left.Count > 0)
            operation.Warning($"The temporaries {Quote(left)} are left: another run of this command began them and may need them. Where none runs, the same command goes on with them.");
    }

    /// <summary>Names as a message shows them.</summary>
    public static string Quote(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private Task<ArmAnswer> BeginVersionDiskAsync(ResourceId id, CopyDisk disk, ResourceId version, string location, Dictionary<string, string> tags) =>
        BeginAsync(id, () => DiskWriter.BeginAsync(operation, id, new DiskContent
        {
            SourceId = version.Text,
            SourceLun = disk.Reference.Lun,
            Location = location,
            Tag = tags,
        }));

    private async Task RemoveAsync(IReadOnlyList<ResourceId> ids, Func<DiskFacts, bool> mayGo)
    {
        var begun = new List<KeyValuePair<ResourceId, ArmAnswer>>();
        foreach (ResourceId id in ids)
        {
            await TryAsync(id, async () =>
            {
                DiskFacts? found = await DiskReader.FindAsync(operation, id).ConfigureAwait(false);
                if (found is not null && IsOurs(found) && mayGo(found))
                    begun.Add(new(id, await DeleteAsync(id).ConfigureAwait(false)));
            }).ConfigureAwait(false);
        }

        foreach (KeyValuePair<ResourceId, ArmAnswer> deletion in begun)
            await TryAsync(deletion.Key, () => WaitAsync(deletion.Value, deletion.Key)).ConfigureAwait(false);
    }

    private Task<ArmAnswer> BeginAsync(ResourceId id, Func<Task<ArmAnswer>> write) => _disks.BeginAsync(operation, id, write);

    private async Task TryAsync(ResourceId id, Func<Task> removal)
    {
        try
        {
            await removal().ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            if (!await IsGoneAsync(id).ConfigureAwait(false))
                operation.Warning($"The temporary '{id.Text}' is left behind, because it could not be removed: {exception.Message}");
        }
    }

    // Two runs that end at once remove the same; Azure lets one of the removals fail.
    private async Task<bool> IsGoneAsync(ResourceId id)
    {
        try
        {
            return await DiskReader.FindAsync(operation, id).ConfigureAwait(false) is null or { ProvisioningState: "Deleting" };
        }
        catch (ImageCmdletsException)
        {
            return false;
        }
    }

    private Task<ArmAnswer> DeleteAsync(ResourceId id) =>
        operation.Arm.SendAsync(RequestMethod.Delete, id.Text, ArmApiVersions.Disks, null, operation.CancellationToken);

    private bool IsOurs(DiskFacts found) => AreMadeFor(found.Tag, image);
}
