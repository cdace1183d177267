using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Usage;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Shows, changes and awaits the regions of image versions.</summary>
public static class ReplicationService
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(48);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    /// <summary>Writes a <see cref="RegionReplication"/> for each region of each version that fits.</summary>
    /// <remarks>Source: <c>GalleryImageVersions_Get</c> with <c>$expand=ReplicationStatus</c>.</remarks>
    public static async Task GetAsync(ImageSession session, GalleryQuery query, IReadOnlyList<string> regions, IOperationSink sink, CancellationToken cancellationToken) =>
        await Operation.RunAsync(session, sink, new RunOptions(), query.Id ?? query.Version, operation => new GalleryWalk(operation, query).VersionsAsync(async (_, versions) =>
        {
            ResourceId[] ids = [.. versions.Select(version => ResourceId.TryParse(version.Text("id"))!)];
            await operation.ForEachInOrderAsync(ids, (id, own) => VersionService.ReadAsync(own, id), version => WriteAsync(operation, version, regions, null)).ConfigureAwait(false);
        }), cancellationToken).ConfigureAwait(false);

    /// <summary>Adds and removes regions, side by side for several versions, and waits until they are there; writes a <see cref="RegionReplication"/> for each region, with an error for each that failed.</summary>
    /// <remarks>Source: <c>GalleryImageVersions_Update</c>. Azure wants the whole list; regions that are not named are sent as they were read.</remarks>
    /// <exception cref="ImageCmdletsException">InvalidLocation, InvalidArgument, ImageNotFound, ResourceInUse: nothing was changed.</exception>
    public static Task SetAsync(ImageSession session, IReadOnlyList<SetReplicationOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Id, async operation =>
        {
            RemovalGuard guard = await RemovalGuard.LookAsync(operation, [.. items.Where(IsGuarded).Select(item => ResourceId.TryParse(item.Id)!)]).ConfigureAwait(false);
            await operation.ForEachItemAsync(items, async (item, branch) =>
            {
                if (IsGuarded(item))
                    guard.Require(ResourceId.TryParse(item.Id)!, item.RemoveRegion);
                DateTimeOffset begin = branch.Clock.UtcNow;
                VersionOutcome outcome = await ChangeAsync(branch, item, run).ConfigureAwait(false);
                await VersionService.TellAsync(branch, outcome, "Set", begin, version => WriteAsync(branch, version, [], null)).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Waits until versions are in their regions, or in enough of them; writes a <see cref="RegionReplication"/> for each region waited for, with an error for each that failed.</summary>
    /// <exception cref="ImageCmdletsException">ImageNotFound; RegionMismatch: a version is not to be in a region, or not in so many; OperationTimedOut.</exception>
    public static Task WaitAsync(ImageSession session, IReadOnlyList<WaitReplicationOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run with { Timeout = run.Timeout ?? s_longest }, items[0].Id, operation => operation.ForEachItemAsync(items, WaitAsync), cancellationToken);

    private static bool IsGuarded(SetReplicationOptions item) => item.RemoveRegion.Count > 0 && !item.AllowInUse;

    /// <summary>Changes the regions of one version.</summary>
    internal static async Task<VersionOutcome> ChangeAsync(Operation operation, SetReplicationOptions options, RunOptions run)
    {
        ResourceId id = ResourceId.TryParse(options.Id)!;
        var added = new List<ImageTargetRegion>();
        foreach (ImageTargetRegion region in options.AddRegion)
            added.Add(RegionList.In(region, await LocationCatalog.ResolveAsync(operation, id.SubscriptionId, region.Location).ConfigureAwait(false)));
        if ((RegionList.Twice(added, id.Text) ?? Both(added, options.RemoveRegion, id.Text)) is { } problem)
            throw problem;

        return await new VersionChange(operation, id, run).RunAsync(draft =>
        {
            if (options.ReplicaCount is { } count)
                draft.Replicas(count, added);
            foreach (ImageTargetRegion region in added)
                draft.Add(region);
            foreach (string region in options.RemoveRegion)
                draft.Remove(region);
        }, isRepair: added.Count > 0).ConfigureAwait(false);
    }

    private static async Task WaitAsync(WaitReplicationOptions options, Operation operation)
    {
        ResourceId id = ResourceId.TryParse(options.Id)!;
        DateTimeOffset begin = operation.Clock.UtcNow;
        using var progress = new VersionProgress(operation, id, $"Waiting for version {id.Name} of {id.ParentName}");
        Watched<ImageVersion> watched = await Watch.UntilAsync(operation, async () =>
        {
            ImageVersion version = await VersionService.ReadAsync(operation, id).ConfigureAwait(false);
            RequireRegions(version, options.Region);
            RequireEnough(version, options);
            progress.Report(version);
            return version;
        }, version => IsEnough(version, options), s_longest, null, s_longestPause).ConfigureAwait(false);
        foreach (ImageCmdletsException failure in FailuresOf(watched.Last, options))
            await operation.ErrorAsync(failure).ConfigureAwait(false);
        await WriteAsync(operation, watched.Last, options.Region, begin).ConfigureAwait(false);
    }

    private static bool IsEnough(ImageVersion version, WaitReplicationOptions options)
    {
        ImageTargetRegion[] wanted = [.. version.TargetRegion.Where(region => IsWanted(region, options.Region))];
        int there = wanted.Count(region => region.State == "Completed"), open = wanted.Count(region => region.State is not ("Completed" or "Failed"));
        return there >= (options.MinimumReplicated ?? wanted.Length) || open == 0 || (version.ProvisioningState is { } state && ArmStates.IsEnd(state));
    }

    private static IEnumerable<ImageCmdletsException> FailuresOf(ImageVersion version, WaitReplicationOptions options)
    {
        int there = version.TargetRegion.Count(region => IsWanted(region, options.Region) && region.State == "Completed");
        if (there >= options.MinimumReplicated)
            return [];

        HashSet<string> failed = [.. version.TargetRegion.Where(region => IsWanted(region, options.Region) && region.State == "Failed").Select(region => region.Location)];
        return failed.Count == 0 && options.Region.Count > 0 ? [] : VersionWait.FailuresOf(version, null);
    }

    private static void RequireRegions(ImageVersion version, IReadOnlyList<string> regions)
    {
        if (regions.FirstOrDefault(wanted => !version.TargetRegion.Any(region => LocationCatalog.Same(region.Location, wanted))) is { } missing)
        {
            throw new ImageCmdletsException(ErrorIds.RegionMismatch, $"Version {version.Name} of '{version.DefinitionName}' is not to be in {missing}, only in {string.Join(", ", version.TargetRegion.Select(region => region.Location))}.", version.Id,
                "Add the region with Set-ImageReplication -AddRegion.");
        }
    }

    private static void RequireEnough(ImageVersion version, WaitReplicationOptions options)
    {
        string[] wanted = [.. version.TargetRegion.Where(region => IsWanted(region, options.Region)).Select(region => region.Location)];
        if (wanted.Length < options.MinimumReplicated)
        {
            throw new ImageCmdletsException(ErrorIds.RegionMismatch,
                $"Version {version.Name} of '{version.DefinitionName}' can never be in {options.MinimumReplicated} of the regions waited for: there are {wanted.Length} ({string.Join(", ", wanted)}).", version.Id,
                "Add regions with Set-ImageReplication -AddRegion, or pass a smaller -MinimumReplicated.");
        }
    }

    private static ImageCmdletsException? Both(List<ImageTargetRegion> added, IReadOnlyList<string> removed, string target) =>
        removed.FirstOrDefault(region => added.Exists(other => LocationCatalog.Same(other.Location, region))) is { } both
            ? new ImageCmdletsException(ErrorIds.InvalidArgument, $"{both} is to be added and removed.", target, "Name it once.")
            : null;

    private static bool IsWanted(ImageTargetRegion region, IReadOnlyList<string> regions) => regions.Count == 0 || regions.Any(wanted => LocationCatalog.Same(wanted, region.Location));

    private static async Task WriteAsync(Operation operation, ImageVersion version, IReadOnlyList<string> regions, DateTimeOffset? begin)
    {
        DateTimeOffset now = operation.Clock.UtcNow;
        DateTimeOffset? since = begin ?? (version.ProvisioningState == "Creating" ? version.PublishedDate : null);
        foreach (ImageTargetRegion region in version.TargetRegion.Where(region => IsWanted(region, regions)))
        {
            TimeSpan? elapsed = now - since;
            int left = region.State == "Completed" ? -1 : TimeLeft.Seconds(elapsed, region.Progress ?? 0);
            await operation.WriteAsync(new RegionReplication(version.Id)
            {
                Location = version.Location,
                Tag = version.Tag,
                ProvisioningState = version.ProvisioningState,
                Region = region.Location,
                State = region.State ?? "Unknown",
                Progress = region.Progress ?? 0,
                ReplicaCount = region.ReplicaCount ?? 1,
                StorageAccountType = region.StorageAccountType,
                Elapsed = elapsed,
                EstimatedEnd = left < 0 ? null : now.AddSeconds(left),
                Detail = region.Detail,
            }).ConfigureAwait(false);
        }
    }
}
