using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Copying;

/// <summary>The copy of one image to one region, from where another run left it to its end.</summary>
internal sealed class RegionCopying(Operation operation, CopySource source, CopyRegion region, CopyProgress progress, bool noWait)
{
    private readonly DateTimeOffset _begin = region.Begin ?? operation.Clock.UtcNow;
    private readonly Operation _there = region.At(operation);
    private readonly CopyTemporaries _temporaries = new(region.At(operation), source.Image, waits: !noWait, region.Begun);
    private readonly IReadOnlyList<ResourceId> _parts = source.PartsOf(region);
    private readonly string _way = source.Route.Method.ToString();
    private double _percent;

    /// <summary>Copies, and gives the region's result, also for a failure; only a stop is thrown.</summary>
    public async Task<ImageCopyResult> RunAsync()
    {
        try
        {
            if (region.HasImage)
                return await FinishAsync().ConfigureAwait(false);

            // What was brought before this may have failed because another run has ended it all.
            if ((region.Failure ?? source.Failure) is { } failure)
                return region.Begin is not null && await FindImageAsync(failure).ConfigureAwait(false) is { } image ? await EndAsync(image).ConfigureAwait(false) : throw failure;

            if (source.IsPrepared || source.HasVersionIn(region.Region.Name))
                return await CopyAsync().ConfigureAwait(false);

            _percent = region.PercentReplicated;
            return Result("InProgress", _way, null);
        }
        catch (ImageCmdletsException exception) when (noWait && SnapshotTravel.IsBehindAnother(exception))
        {
            operation.Verbose($"'{region.Id.Name}' cannot begin yet: {exception.Message}");
            return Result("InProgress", _way, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return await EndFailedAsync(ArmFailure.Of(exception, region.Id.Text)).ConfigureAwait(false);
        }
    }

    // Another run that ends may take what both use: then the image is there, or what was taken is made once more.
    private async Task<ImageCopyResult> CopyAsync()
    {
        for (bool again = false; ; again = true)
        {
            try
            {
                return await CopyOnceAsync(again).ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception)
            {
                if (await FindImageAsync(exception).ConfigureAwait(false) is { } image)
                    return await EndAsync(image).ConfigureAwait(false);
                bool mayLack = exception is ArmOperationException { Status: 404 } || exception.ErrorId is ErrorIds.SnapshotNotFound or ErrorIds.SourceNotFound or ErrorIds.CopyFailed;
                if (again || !mayLack || !await IsTakenAwayAsync().ConfigureAwait(false))
                    throw;

                operation.Verbose($"What '{region.Id.Name}' is made of was removed meanwhile, and is made once more: {exception.Message}");
            }
        }
    }

    private async Task<ImageCopyResult> CopyOnceAsync(bool again)
    {
        if (again)
            await source.Route.RepairAsync(operation, source, region).ConfigureAwait(false);

        await BeginAsync().ConfigureAwait(false);
        if (noWait)
        {
            Keep(await SnapshotCompletion.ReadOnceAsync(_there, _parts).ConfigureAwait(false));
            if (_percent < 100)
                return Result("InProgress", _way, null);
        }
        else if (source.Route.ArrivesLater)
        {
            await SnapshotCompletion.WaitAsync(_there, _parts, Keep).ConfigureAwait(false);
        }

        _percent = 100;
        progress.Report(operation, region, "Making the image", 100, null);
        return await EndAsync(await ImageWriter.BeginAsync(_there, region.Id, CopyContent.Of(operation, source, region, _parts)).ConfigureAwait(false)).ConfigureAwait(false);
    }

    // The copies run in Azure side by side; the requests that begin them go one by one.
    private async Task BeginAsync()
    {
        progress.Report(operation, region, "Beginning", region.PercentReplicated, null);
        var begun = new List<ArmAnswer>();
        for (int i = 0; i < _parts.Count; i++)
        {
            begun.Add(await source.Route.BeginPartAsync(_temporaries, source, region, source.Disks[i], _parts[i]).ConfigureAwait(false));
        }

        for (int i = 0; i < _parts.Count && !noWait; i++)
            await _temporaries.WaitAsync(begun[i], _parts[i]).ConfigureAwait(false);
    }

    // Another run has made the image, or begun to: what is left is to wait and to tidy up.
    private async Task<ImageCopyResult> FinishAsync()
    {
        _percent = 100;
        WarnOfTags(region.Existing!);
        if (region.Existing!.ProvisioningState is null or "Succeeded")
        {
            await _temporaries.RemoveAsync(_parts).ConfigureAwait(false);
            return Result("Succeeded", "Existing", null);
        }

        return await EndAsync(await _there.Arm.GetAsync(region.Id.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task<ImageCopyResult> EndAsync(ArmAnswer begun)
    {
        if (noWait)
            return Result("InProgress", _way, null);

        await _there.Poller.WaitAsync(begun, region.Id.Text, null, operation.CancellationToken).ConfigureAwait(false);
        await _temporaries.RemoveAsync(_parts).ConfigureAwait(false);
        return Result("Succeeded", _way, null);
    }

    // The image's own PUT may have been accepted although its answer was lost or refused, and another run may have sent it.
    private async Task<ArmAnswer?> FindImageAsync(ImageCmdletsException failure)
    {
        try
        {
            ArmAnswer? found = await _there.Arm.FindAsync(region.Id.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
            CustomImage? image = found is null ? null : ImageMapper.Map(found.Body);
            if (image is null || !source.IsCopy(region, image) || CopyRegion.IsFailed(image))
                return null;

            region.Existing = image;
            WarnOfTags(image);
            return found;
        }
        catch (ImageCmdletsException)
        {
            region.IsUnknown = true;
            throw failure;
        }
    }

    private async Task<bool> IsTakenAwayAsync()
    {
        return await LacksAsync(operation, source.Route.SharedBy(source)).ConfigureAwait(false) || await LacksAsync(_there, _parts).ConfigureAwait(false);
    }

    private static async Task<bool> LacksAsync(Operation place, IReadOnlyList<ResourceId> ids)
    {
        foreach (ResourceId id in ids)
        {
            if (await place.Arm.FindAsync(id.Text, ArmApiVersions.For(id.ResourceType!), place.CancellationToken).ConfigureAwait(false) is null)
                return true;
        }

        return false;
    }

    private async Task<ImageCopyResult> EndFailedAsync(ImageCmdletsException failure)
    {
        if (region.IsUnknown)
            operation.Warning($"The temporaries {CopyTemporaries.Quote(_parts.Select(id => id.Name))} are left: nothing tells whether '{region.Id.Name}' is being made of them. Run the same command again.");
        else if (failure.ErrorId == ErrorIds.CopySourceNotAvailable)
            await _temporaries.RemoveAsync(_parts).ConfigureAwait(false);
        else
            await _temporaries.RemoveOwnAsync(_parts).ConfigureAwait(false);
        return Result("Failed", _way, failure);
    }

    private void WarnOfTags(CustomImage existing)
    {
        if (region.Target.Tag is not null && !ImageTagging.IsSame(existing.Tag, CopyContent.TagOf(source, region)))
            operation.Warning($"The image '{existing.Name}' is there already with other tags, and keeps them. Set-CustomImage changes them.");
    }

    private void Keep(IReadOnlyList<double> percents)
    {
        double weight = source.Disks.Sum(disk => disk.Weight);
        _percent = percents.Select((percent, i) => percent * source.Disks[i].Weight).Sum() / weight;
        string disks = _parts.Count == 1 ? "1 disk" : $"{_parts.Count} disks";
        progress.Report(operation, region, $"Copying {disks}", _percent, operation.Clock.UtcNow - _begin);
    }

    private ImageCopyResult Result(string state, string method, ImageCmdletsException? error) => new(region.Id.Text)
    {
        SourceId = source.Image.Id,
        State = state,
        Method = method,
        Error = error,
        PercentComplete = _percent,
        BytesTransferred = region.BytesTransferred,
        DiskCount = source.Disks.Count,
        OSType = source.Image.OSType,
        HyperVGeneration = source.Image.HyperVGeneration,
        Elapsed = operation.Clock.UtcNow - _begin,
        Location = region.Region.Name,
        Tag = region.HasImage ? region.Existing!.Tag : CopyContent.TagOf(source, region),
        ProvisioningState = state == "Succeeded" ? state : null,
    };
}
