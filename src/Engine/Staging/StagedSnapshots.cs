using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Staging;

/// <summary>Takes the snapshots of one set by way of disks that are made for it and removed again. It can be interrupted anywhere and run
/// again.</summary>
/// <remarks>Azure takes snapshots of disks only: what a restore point or an image holds becomes a disk first (<c>Disks_CreateOrUpdate</c>
/// with <c>Restore</c> or <c>FromImage</c>).</remarks>
internal sealed class StagedSnapshots
{
    private readonly Operation _operation;
    private readonly StagedSet _set;
    private readonly DiskTemporaries _disks;
    private readonly DiskTemporaries _snapshots;

    public StagedSnapshots(Operation operation, StagedSet set)
    {
        _operation = operation;
        _set = set;
        _disks = new DiskTemporaries(operation, disk => StagingTags.AreFor(disk.Tag, set.MadeFor));
        _snapshots = new DiskTemporaries(operation, snapshot => SnapshotMark.IsOn(snapshot.Tag, StagingTags.OperationName)
            && string.Equals(SnapshotTags.SetId(snapshot.Tag), set.SetId, StringComparison.OrdinalIgnoreCase));
    }

    public async Task RunAsync()
    {
        using var progress = new StepProgress(_operation, _set.Parts[0].Id.Text, $"Taking snapshots of {_set.Source.Name}");
        try
        {
            await MakeAsync(progress).ConfigureAwait(false);
        }
        catch (ImageCmdletsException)
        {
            if (!await IsEndedByAnotherAsync().ConfigureAwait(false))
            {
                await GiveUpAsync().ConfigureAwait(false);
                throw;
            }
        }

        progress.Begin("Tidying up", 90);
        await FinishAsync().ConfigureAwait(false);
    }

    private async Task MakeAsync(StepProgress progress)
    {
        if (_set.IsDone)
            return;

        if (_set.Point is not null)
        {
            progress.Begin("Restore point", 5);
            await _set.Point.MakeAsync(_operation, _set, progress).ConfigureAwait(false);
        }

        progress.Begin("Disks and snapshots", 40);
        StagedPart[] open = [.. _set.Parts.Where(part => !part.IsDone)];
        await _operation.ForEachAsync(open, (part, branch) => MakeAsync(branch, part)).ConfigureAwait(false);
    }

    private async Task MakeAsync(Operation branch, StagedPart part)
    {
        if (part.Existing is not { IsUsable: true })
        {
            ArmAnswer disk = await _disks.BeginAsync(branch, part.DiskId, () => DiskWriter.BeginAsync(branch, part.DiskId, DiskOf(part))).ConfigureAwait(false);
            await branch.Poller.WaitAsync(disk, part.DiskId.Text, null, branch.CancellationToken).ConfigureAwait(false);

            // Disks of the fastest kinds are filled in the background.
            await SnapshotCompletion.WaitAsync(branch, [part.DiskId], null).ConfigureAwait(false);
        }

        ArmAnswer begun = await _snapshots.BeginAsync(branch, part.Id, () => SnapshotWriter.BeginAsync(branch, part.Id, new SnapshotContent
        {
            SourceId = part.DiskId.Text,
            Location = _set.Location,
            Incremental = !_set.Options.Full,
            Sku = _set.Options.Sku,
            Tag = _set.TagsOf(part),
        })).ConfigureAwait(false);
        await branch.Poller.WaitAsync(begun, part.Id.Text, null, branch.CancellationToken).ConfigureAwait(false);
        await SnapshotCompletion.WaitAsync(branch, [part.Id], null).ConfigureAwait(false);
    }

    private DiskContent DiskOf(StagedPart part)
    {
        Dictionary<string, string> tags = StagingTags.Of(_set, "Disk");
        string source = _set.Point?.DiskOf(part) ?? _set.ImageId;
        return new DiskContent
        {
            SourceId = source,
            SourceLun = _set.Point is null ? part.Lun : null,
            Location = _set.Location,
            Sku = part.Pattern?.Sku,
            Zone = part.Pattern?.Zone.FirstOrDefault(),
            DiskEncryptionSetId = part.Pattern?.DiskEncryptionSetId,
            Tag = tags,
        };
    }

    // Two runs of one set may go on side by side; the first that ends takes away what both were made of.
    private async Task<bool> IsEndedByAnotherAsync()
    {
        try
        {
            foreach (StagedPart part in _set.Parts)
            {
                part.Existing = await DiskReader.FindAsync(_operation, part.Id).ConfigureAwait(false);
                if (!part.IsDone || !StagedPresence.IsOf(part, part.Existing!) || SnapshotTags.SetId(part.Existing!.Tag) != _set.SetId)
                    return false;
            }

            return true;
        }
        catch (ImageCmdletsException)
        {
            return false;
        }
    }

    // Half a set is of no use. What another run began stays with it.
    private async Task GiveUpAsync()
    {
        await _snapshots.RemoveAsync([.. _set.Parts.Select(part => part.Id)], onlyOwn: true).ConfigureAwait(false);
        await _disks.RemoveAsync([.. _set.Parts.Select(part => part.DiskId)], onlyOwn: true).ConfigureAwait(false);
        if (_set.Point is not null)
            await _set.Point.RemoveAsync(_operation, _set.MadeFor, onlyOwn: true).ConfigureAwait(false);
    }

    // The marks last: one that is left says that the run has not ended.
    private async Task FinishAsync()
    {
        await _disks.RemoveAsync([.. _set.Parts.Select(part => part.DiskId)], onlyOwn: false).ConfigureAwait(false);
        if (_set.Point is not null && _set.Options.KeepRestorePoint)
            await _set.Point.KeepAsync(_operation).ConfigureAwait(false);
        else if (_set.Point is not null)
            await _set.Point.RemoveAsync(_operation, _set.MadeFor, onlyOwn: false).ConfigureAwait(false);
        var taken = new List<ImageSnapshot>();
        foreach (StagedPart part in _set.Parts)
        {
            taken.Add(SnapshotMapper.Map(await SnapshotService.ReadAsync(_operation, part.Id.Text).ConfigureAwait(false), isMarked: false));
            await SnapshotMark.RemoveAsync(_operation, part.Id).ConfigureAwait(false);
        }

        foreach (ImageSnapshot snapshot in taken)
            await _operation.WriteAsync(snapshot).ConfigureAwait(false);
    }
}
