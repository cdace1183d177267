using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Copies managed images to other regions, resource groups and subscriptions, with all their disks.</summary>
/// <remarks>Azure cannot copy an image, only what it was made from: every disk becomes an incremental snapshot, the snapshots travel
/// (<c>CopyStart</c>), and an image is made of them where they arrive. Everything on the way has a name that the same command finds
/// again, so that a stopped copy goes on where it was.</remarks>
public static class CopyService
{
    // Terabytes take hours; a copy that has not ended after a day has met something that waiting does not mend.
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);

    /// <summary>What a request means, region by region, without asking Azure: for -WhatIf and -Confirm.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public static IReadOnlyList<ImageCopyTarget> Targets(CopyImageOptions options) => CopyTargets.Of(options);

    /// <summary>Copies; writes one <see cref="ImageCopyResult"/> for each target as it ends, its error also to the error stream.</summary>
    /// <param name="session">The session.</param>
    /// <param name="targets">The copies to make.</param>
    /// <param name="run">Bounds; without a time limit, 24 hours. A stop or the limit leaves what the same call picks up.</param>
    /// <param name="sink">Results, errors, progress.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="ImageCmdletsException">ResourceGroupNotFound, InvalidResourceName, InvalidArgument: nothing was changed.
    /// ImageNotFound where one image was asked for. A region that the subscription does not have is no exception but a failed result.</exception>
    public static Task CopyAsync(ImageSession session, IReadOnlyList<ImageCopyTarget> targets, RunOptions run, IOperationSink sink, CancellationToken cancellationToken)
    {
        RunOptions bounded = run with { Timeout = run.Timeout ?? s_longest };
        return Operation.RunAsync(session, sink, bounded, targets[0].SourceId, operation => targets[0].Gallery is null
            ? RunAsync(operation, targets, run.NoWait)
            : GalleryCopying.RunAsync(operation, targets, run), cancellationToken);
    }

    /// <summary>Says what copies would take; writes one <see cref="ImageCopyPlan"/> for each that can be made, and the errors of the others.
    /// Azure is only read.</summary>
    /// <exception cref="ImageCmdletsException">As with <see cref="CopyAsync"/>.</exception>
    public static Task PlanAsync(ImageSession session, IReadOnlyList<ImageCopyTarget> targets, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, targets[0].SourceId, async operation =>
        {
            if (targets[0].Gallery is not null)
            {
                await GalleryCopying.PlanAsync(operation, targets).ConfigureAwait(false);
                return;
            }

            foreach (CopyRegion region in await ReadAsync(operation, targets, run.NoWait).ConfigureAwait(false))
            {
                if ((region.Failure ?? (region.HasImage ? null : region.Source!.Failure)) is { } failure)
                    await operation.ErrorAsync(failure).ConfigureAwait(false);
                else
                    await operation.WriteAsync(CopyPreview.Of(region.Source!, region)).ConfigureAwait(false);
            }
        }, cancellationToken);

    private static async Task<IReadOnlyList<CopyRegion>> ReadAsync(Operation operation, IReadOnlyList<ImageCopyTarget> targets, bool noWait)
    {
        IReadOnlyList<CopyRegion> regions = await CopyPreflight.CheckAsync(operation, targets, noWait).ConfigureAwait(false);
        IGrouping<string, CopyRegion>[] images = [.. regions.GroupBy(region => region.Target.SourceId, StringComparer.OrdinalIgnoreCase)];
        await operation.ForEachItemAsync(images, async (image, branch) =>
        {
            CopySource source = await CopyPlanner.ReadSourceAsync(branch, [.. image]).ConfigureAwait(false);
            foreach (CopyRegion region in source.Regions)
                region.Source = source;
        }).ConfigureAwait(false);

        CopyRegion[] readable = [.. regions.Where(region => region.Source is not null)];
        await operation.ForEachAsync(readable, (region, branch) => TryAsync(
            () => CopyPlanner.ReadTargetAsync(branch, region.Source!, region), failure => region.Failure = failure, region.Id)).ConfigureAwait(false);
        return readable;
    }

    private static async Task RunAsync(Operation operation, IReadOnlyList<ImageCopyTarget> targets, bool noWait)
    {
        IReadOnlyList<CopyRegion> readable = await ReadAsync(operation, targets, noWait).ConfigureAwait(false);
        Dictionary<CopySource, CopyProgress> progress = readable.Select(region => region.Source!).Distinct().ToDictionary(source => source, source => new CopyProgress(source));
        ILookup<ImageCopyMethod, CopyRegion> ways = readable.ToLookup(region => region.Source!.Route.Method);
        await operation.ForEachAsync([ImageCopyMethod.SnapshotCopy, ImageCopyMethod.Gallery, ImageCopyMethod.BlobCopy], (way, branch) => way == ImageCopyMethod.SnapshotCopy
            ? CopyBySnapshotsAsync(branch, [.. ways[way]], progress, noWait)
            : CopyTogetherAsync(branch, [.. ways[way]], progress, noWait)).ConfigureAwait(false);
    }

    private static async Task CopyBySnapshotsAsync(Operation operation, IReadOnlyList<CopyRegion> regions, Dictionary<CopySource, CopyProgress> progress, bool noWait)
    {
        await SnapshotDisksAsync(operation, regions).ConfigureAwait(false);
        await operation.ForEachAsync(CopyChains.Of(regions), async (chain, branch) =>
        {
            foreach (CopyRegion region in chain)
                await CopyRegionAsync(branch, region, progress[region.Source!], noWait).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    // What comes to all regions by one thing is begun for all of them at once; where a version that is copied is already, nobody waits for it.
    private static Task CopyTogetherAsync(Operation operation, IReadOnlyList<CopyRegion> regions, Dictionary<CopySource, CopyProgress> progress, bool noWait) =>
        operation.ForEachAsync([.. regions.GroupBy(region => region.Source!)], async (image, branch) =>
        {
            CopySource source = image.Key;
            ILookup<bool, CopyRegion> waiting = image.ToLookup(region => source.Route is BlobRoute || !source.HasVersionIn(region.Region.Name));
            await branch.ForEachAsync([false, true], async (isWaiting, half) =>
            {
                if (isWaiting)
                    await PrepareAsync(half, source, [.. waiting[true].Where(region => region.IsOpen)], progress[source], noWait).ConfigureAwait(false);
                await half.ForEachAsync([.. waiting[isWaiting]], (region, own) => CopyRegionAsync(own, region, progress[source], noWait)).ConfigureAwait(false);
            }).ConfigureAwait(false);
        });

    private static async Task PrepareAsync(Operation operation, CopySource source, IReadOnlyList<CopyRegion> open, CopyProgress progress, bool noWait)
    {
        if (open.Count == 0)
            return;

        foreach (CopyRegion region in open)
            region.Begin = operation.Clock.UtcNow;
        void Fail(ImageCmdletsException failure)
        {
            foreach (CopyRegion region in open)
                region.Failure ??= failure;
        }

        await TryAsync(async () =>
        {
            if (source.Route is BlobRoute)
                await new BlobTransfer(operation, source, progress).RunAsync(open).ConfigureAwait(false);
            else
                source.IsPrepared = await new SharedVersion(operation, source, progress, noWait).EnsureAsync(open).ConfigureAwait(false);
        }, Fail, source.Id).ConfigureAwait(false);
    }

    private static Task SnapshotDisksAsync(Operation operation, IReadOnlyList<CopyRegion> regions)
    {
        IEnumerable<CopySource> open = regions.Where(region => region.IsOpen).Select(region => region.Source!).Distinct();
        (CopySource Source, CopyDisk Disk)[] disks = [.. open.SelectMany(source => source.Disks.Where(disk => disk.HasBytes).Select(disk => (source, disk)))];
        return operation.ForEachAsync(disks, (item, branch) => TryAsync(
            () => SharedSnapshots.EnsureAsync(branch, item.Source, item.Disk), failure => item.Source.Failure = failure, item.Source.Id));
    }

    private static async Task CopyRegionAsync(Operation branch, CopyRegion region, CopyProgress progress, bool noWait)
    {
        CopySource source = region.Source!;
        ImageCopyResult result = await new RegionCopying(branch, source, region, progress, noWait).RunAsync().ConfigureAwait(false);
        if (result.State == "InProgress")
            source.IsStillNeeded = true;
        region.GoesOn = region.IsUnknown || result.State == "InProgress";

        bool isLast = source.EndRegion();
        progress.End(branch, region);
        if (result.Error is not null)
            await branch.ErrorAsync(result.Error).ConfigureAwait(false);
        await branch.WriteAsync(result).ConfigureAwait(false);
        if (isLast)
            await RemoveSharedAsync(branch, source).ConfigureAwait(false);
    }

    private static async Task RemoveSharedAsync(Operation operation, CopySource source)
    {
        void Tell(ImageCmdletsException failure) => operation.Warning(
            $"What the copies of '{source.Image.Name}' shared in its own region is left behind, because nothing tells whether it is still needed: {failure.Message}");

        if (!source.IsStillNeeded)
            await TryAsync(() => SharedSnapshots.RemoveAsync(operation, source), Tell, source.Id).ConfigureAwait(false);
        if (source.KnowsCreation)
            await TryAsync(() => new SharedGallery(operation, source).ReleaseAsync([.. source.Regions.Where(region => !region.GoesOn)]), Tell, source.Id).ConfigureAwait(false);
    }

    // What fails here ends a region or an image, not the command.
    private static async Task TryAsync(Func<Task> work, Action<ImageCmdletsException> onFailure, ResourceId target)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            onFailure(ArmFailure.Of(exception, target.Text));
        }
    }
}
