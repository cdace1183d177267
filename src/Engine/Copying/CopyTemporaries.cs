using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Snapshots;
using Operation = ImageCmdlets.Engine.Operations.Operation;
using OperationTags = ImageCmdlets.Engine.Operations.OperationTags;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Makes what a copy needs on its way, takes over what an earlier run left, and removes it.</summary>
/// <remarks>Nothing without this command's tags for this very image is ever taken over or removed, whatever its name.</remarks>
internal sealed class CopyTemporaries(Operation operation, CustomImage image)
{
    private const string OperationName = "Copy-CustomImage";

    /// <summary>Begins a snapshot; null where an earlier run has begun it.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: the name is taken by something else.</exception>
    public async Task<ArmAnswer?> BeginSnapshotAsync(ResourceId id, string step, string sourceId, string location)
    {
        if (await IsThereAsync(id).ConfigureAwait(false))
            return null;

        return await SnapshotWriter.BeginAsync(operation, id, new SnapshotContent
        {
            SourceId = sourceId,
            Location = location,
            AcrossRegions = !Same(location, image.Location),
            Tag = Tags(step),
        }).ConfigureAwait(false);
    }

    /// <summary>Begins a disk; null where an earlier run has begun it.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists: the name is taken by something else.</exception>
    public async Task<ArmAnswer?> BeginDiskAsync(ResourceId id, string step, CopyDisk disk)
    {
        if (await IsThereAsync(id).ConfigureAwait(false))
            return null;

        bool isSystem = disk.Reference.Lun is null;
        return await DiskWriter.BeginAsync(operation, id, new DiskContent
        {
            SourceId = disk.Reference.SourceId!,
            Location = image.Location!,
            OSType = isSystem && disk.IsBlob ? image.OSType : null,
            HyperVGeneration = isSystem && disk.IsBlob ? image.HyperVGeneration : null,
            Tag = Tags(step),
        }).ConfigureAwait(false);
    }

    /// <summary>Waits for what was begun.</summary>
    public async Task WaitAsync(ArmAnswer? begun, ResourceId id)
    {
        if (begun is not null)
            await operation.Poller.WaitAsync(begun, id.Text, null, operation.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what is there. What cannot be removed is said in a warning and changes nothing of the copy's own end.</summary>
    public async Task RemoveAsync(IReadOnlyList<ResourceId> ids)
    {
        var begun = new List<KeyValuePair<ResourceId, ArmAnswer>>();
        foreach (ResourceId id in ids)
        {
            await TryAsync(id, async () =>
            {
                DiskFacts? found = await DiskReader.FindAsync(operation, id).ConfigureAwait(false);
                if (found is not null && IsOurs(found))
                    begun.Add(new(id, await DeleteAsync(id).ConfigureAwait(false)));
            }).ConfigureAwait(false);
        }

        foreach (KeyValuePair<ResourceId, ArmAnswer> deletion in begun)
            await TryAsync(deletion.Key, () => WaitAsync(deletion.Value, deletion.Key)).ConfigureAwait(false);
    }

    private async Task<bool> IsThereAsync(ResourceId id)
    {
        DiskFacts? found = await DiskReader.FindAsync(operation, id).ConfigureAwait(false);
        if (found is null)
            return false;

        if (!IsOurs(found))
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists,
                $"'{id.Name}' in the resource group '{id.ResourceGroupName}' is in the way of a temporary, and this command did not make it.", id.Text);
        }

        if (found.IsUsable)
            return true;

        operation.Verbose($"An earlier run left '{id.Name}' unusable; it is made anew.");
        await WaitAsync(await DeleteAsync(id).ConfigureAwait(false), id).ConfigureAwait(false);
        return false;
    }

    private async Task TryAsync(ResourceId id, Func<Task> removal)
    {
        try
        {
            await removal().ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            operation.Warning($"The temporary '{id.Text}' is left behind, because it could not be removed: {exception.Message}");
        }
    }

    private Task<ArmAnswer> DeleteAsync(ResourceId id) =>
        operation.Arm.SendAsync(RequestMethod.Delete, id.Text, ArmApiVersions.Disks, null, operation.CancellationToken);

    private bool IsOurs(DiskFacts found) => OperationTags.IsMadeFor(found.Tag, OperationName, image.Id);

    private Dictionary<string, string> Tags(string step) => OperationTags.For(OperationName, step, image.Id);

    private static bool Same(string a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
