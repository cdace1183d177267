using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Copying;

/// <summary>The copy of one image to one region, from where an earlier run left it to its end.</summary>
internal sealed class RegionCopying(Operation operation, CopySource source, CopyRegion region, CopyProgress progress, bool noWait)
{
    private readonly DateTimeOffset _begin = operation.Clock.UtcNow;
    private readonly CopyTemporaries _temporaries = new(operation, source.Image);
    private readonly ResourceId[] _snapshots = [.. SnapshotIds(source, region)];
    private double _percent;

    /// <summary>Copies, and gives the region's result, also for a failure; only a stop is thrown.</summary>
    public async Task<ImageCopyResult> RunAsync()
    {
        try
        {
            if (region.HasImage)
                return await FinishAsync().ConfigureAwait(false);

            if ((region.Failure ?? source.Failure) is { } failure)
                throw failure;

            return await CopyAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await _temporaries.RemoveAsync(_snapshots).ConfigureAwait(false);
            return Result("Failed", "SnapshotCopy", ArmFailure.Of(exception, region.Id.Text));
        }
    }

    private static IEnumerable<ResourceId> SnapshotIds(CopySource source, CopyRegion region)
    {
        CopyNames names = source.NamesOf(region);
        return names.KnowContent
            ? source.Disks.Select(disk => ResourceId.Of(region.Id.SubscriptionId, region.Id.ResourceGroupName!, ResourceTypes.Snapshot, names.Name(disk.Step)))
            : [];
    }

    private async Task<ImageCopyResult> CopyAsync()
    {
        await BeginAsync().ConfigureAwait(false);
        if (noWait)
        {
            Keep(await SnapshotCompletion.ReadOnceAsync(operation, _snapshots).ConfigureAwait(false));
            if (_percent < 100)
                return Result("InProgress", "SnapshotCopy", null);
        }
        else
        {
            await SnapshotCompletion.WaitAsync(operation, _snapshots, Keep).ConfigureAwait(false);
        }

        progress.Report(operation, region, "Making the image", 100, null);
        ArmAnswer begun = await ImageWriter.BeginAsync(operation, region.Id, CopyContent.Of(operation, source, region, _snapshots)).ConfigureAwait(false);
        return await EndAsync(begun, "SnapshotCopy").ConfigureAwait(false);
    }

    // The copies run in Azure side by side; the requests that begin them go one by one.
    private async Task BeginAsync()
    {
        progress.Report(operation, region, "Beginning", 0, null);
        var begun = new List<ArmAnswer?>();
        for (int i = 0; i < _snapshots.Length; i++)
        {
            CopyDisk disk = source.Disks[i];
            string from = source.SnapshotOf(disk).Text;
            begun.Add(await _temporaries.BeginSnapshotAsync(_snapshots[i], disk.Step, from, region.Region.Name).ConfigureAwait(false));
        }

        for (int i = 0; i < _snapshots.Length && !noWait; i++)
            await _temporaries.WaitAsync(begun[i], _snapshots[i]).ConfigureAwait(false);
    }

    // An earlier run has made the image, or begun to: what is left is to wait and to tidy up.
    private async Task<ImageCopyResult> FinishAsync()
    {
        _percent = 100;
        if (region.Existing!.ProvisioningState is null or "Succeeded")
        {
            await _temporaries.RemoveAsync(_snapshots).ConfigureAwait(false);
            return Result("Succeeded", "Existing", null);
        }

        ArmAnswer found = await operation.Arm.GetAsync(region.Id.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
        return await EndAsync(found, "SnapshotCopy").ConfigureAwait(false);
    }

    private async Task<ImageCopyResult> EndAsync(ArmAnswer begun, string method)
    {
        if (noWait)
            return Result("InProgress", method, null);

        await operation.Poller.WaitAsync(begun, region.Id.Text, null, operation.CancellationToken).ConfigureAwait(false);
        await _temporaries.RemoveAsync(_snapshots).ConfigureAwait(false);
        return Result("Succeeded", method, null);
    }

    private void Keep(IReadOnlyList<double> percents)
    {
        double weight = source.Disks.Sum(disk => disk.Weight);
        _percent = percents.Select((percent, i) => percent * source.Disks[i].Weight).Sum() / weight;
        string disks = _snapshots.Length == 1 ? "1 disk" : $"{_snapshots.Length} disks";
        progress.Report(operation, region, $"Copying {disks}", _percent, operation.Clock.UtcNow - _begin);
    }

    private ImageCopyResult Result(string state, string method, ImageCmdletsException? error) => new(region.Id.Text)
    {
        SourceId = source.Image.Id,
        State = state,
        Method = method,
        Error = error,
        PercentComplete = _percent,
        DiskCount = source.Disks.Count,
        OSType = source.Image.OSType,
        HyperVGeneration = source.Image.HyperVGeneration,
        Elapsed = operation.Clock.UtcNow - _begin,
        Location = region.Region.Name,
        Tag = CopyContent.TagOf(source, region),
        ProvisioningState = state == "Succeeded" ? state : null,
    };
}
