using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>The image version from which all regions of a copy without disks come: made once, replicated to all of them.</summary>
/// <param name="operation">The branch.</param>
/// <param name="source">What is copied.</param>
/// <param name="progress">Told how far the regions are; null: nobody.</param>
/// <param name="noWait">Only begins what is not begun.</param>
internal sealed class SharedVersion(Operation operation, CopySource source, CopyProgress? progress, bool noWait)
{
    // As long as a copy goes on at most that has no time limit of its own.
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);
    private readonly SharedGallery _gallery = new(operation, source);
    private readonly DateTimeOffset _begin = operation.Clock.UtcNow;
    private readonly string _home = LocationCatalog.Normalize(source.Image.Location!);
    private ImageCmdletsException? _reason;

    /// <summary>Sees to it that the version is in the regions. A region where it cannot be fails alone.</summary>
    /// <param name="regions">The regions that need it.</param>
    /// <returns>Whether it is where it is to be; false: it is on its way.</returns>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists; what Azure refused of an image or a definition.</exception>
    public async Task<bool> EnsureAsync(IReadOnlyList<CopyRegion> regions)
    {
        await _gallery.EnsureAsync(regions).ConfigureAwait(false);
        bool isAsked = false;
        while (true)
        {
            GalleryVersionFacts? version = await FindAsync().ConfigureAwait(false);
            Report(version, regions);
            if (version is { HasEnded: false })
            {
                if (noWait && version.ProvisioningState != "Deleting")
                    return false;
                await WaitAsync(regions).ConfigureAwait(false);
                continue;
            }

            // Of a version that was not even made at home nothing can be replicated.
            if (version is not null && !isAsked && version.In(_home) is not { IsThere: true })
            {
                await _gallery.RemoveVersionAsync().ConfigureAwait(false);
                version = null;
            }

            if (version is not null && !Lacks(version, regions, isAsked))
                return await SettleAsync(version, regions).ConfigureAwait(false);

            await AskAsync(version, regions).ConfigureAwait(false);
            isAsked = true;
        }
    }

    // What goes on as pages is read in the image's own region.
    private string PlaceOf(CopyRegion region) => source.Route is BlobRoute ? _home : region.Region.Name;

    // Regions where an earlier run's replication failed are asked for once more, those of this run are not.
    private bool Lacks(GalleryVersionFacts version, IReadOnlyList<CopyRegion> regions, bool isAsked) => regions.Any(region =>
        !version.TargetRegion.Contains(PlaceOf(region)) || (!isAsked && version.In(PlaceOf(region)) is not { IsThere: true }));

    private async Task<GalleryVersionFacts?> FindAsync()
    {
        GalleryVersionFacts? version = await GalleryVersionFacts.FindAsync(operation, source.VersionId).ConfigureAwait(false);
        return version is null || _gallery.IsOurs(version.Tag) ? version : throw DiskTemporaries.InTheWay(source.VersionId);
    }

    private async Task AskAsync(GalleryVersionFacts? version, IReadOnlyList<CopyRegion> regions)
    {
        string[] wanted = [.. (version?.TargetRegion ?? []).Append(_home).Concat(regions.Select(region => PlaceOf(region))).Distinct(StringComparer.Ordinal)];
        await PutAsync(wanted).ConfigureAwait(false);
    }

    private async Task PutAsync(IReadOnlyList<string> wanted)
    {
        try
        {
            ArmAnswer begun = await GalleryWriter.BeginVersionAsync(operation, source.VersionId, new GalleryVersionContent
            {
                Location = _home,
                SourceId = source.Image.Id,
                TargetRegion = [.. wanted.Select(region => new ImageTargetRegion { Location = region, ReplicaCount = 1 })],
                AllowsRemovalOfRegions = true,
                ExcludeFromLatest = true,
                Tag = _gallery.Tags("version"),
            }, isOnce: true).ConfigureAwait(false);
            if (!noWait)
                await WaitAsync([.. source.Regions.Where(region => wanted.Contains(PlaceOf(region)))], begun).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId is ErrorIds.ResourceBusy or ErrorIds.ConcurrentUpdate)
        {
            // Another run was first; what it asked for is looked at.
            operation.Verbose($"Another run is at '{source.VersionId.Name}' of '{source.VersionId.ParentName}': {exception.Message}");
            await operation.Clock.DelayAsync(s_longestPause, operation.CancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(IReadOnlyList<CopyRegion> regions, ArmAnswer? begun = null)
    {
        (_, ImageCmdletsException? reason) = await VersionWait.UntilAsync(operation, source.VersionId, begun, s_longest, async () =>
        {
            GalleryVersionFacts? version = await FindAsync().ConfigureAwait(false);
            Report(version, regions);
            return version;
        }, static version => version is null or { HasEnded: true }, static version => version is { ProvisioningState: not "Succeeded" }).ConfigureAwait(false);
        _reason = reason ?? _reason;
    }

    // Azure's own advice for a version that did not get everywhere is to take the failed regions off it (Azure/azure-cli#15539).
    private async Task<bool> SettleAsync(GalleryVersionFacts version, IReadOnlyList<CopyRegion> regions)
    {
        CopyRegion[] there = [.. regions.Where(region => version.In(PlaceOf(region)) is { IsThere: true })];
        foreach (CopyRegion region in regions.Except(there))
            region.Failure = FailureOf(version, region);
        if (there.Length == 0 || version.ProvisioningState == "Succeeded")
            return true;

        ImageCmdletsException? reason = _reason;
        await PutAsync([.. version.TargetRegion.Where(name => version.In(name) is { IsThere: true })]).ConfigureAwait(false);
        if (noWait)
            return false;
        if (await FindAsync().ConfigureAwait(false) is not { ProvisioningState: "Succeeded" })
        {
            foreach (CopyRegion region in there)
                region.Failure = reason ?? FailureOf(version, region);
        }

        return true;
    }

    private ImageCmdletsException FailureOf(GalleryVersionFacts version, CopyRegion region)
    {
        string? details = version.In(PlaceOf(region))?.Details ?? _reason?.Message;
        return new ImageCmdletsException(ErrorIds.ReplicationFailed,
            $"'{source.Image.Name}' could not be replicated to {PlaceOf(region)} on its way by a gallery" + (details is null ? "." : $": {details}"), region.Id.Text, innerException: _reason);
    }

    private void Report(GalleryVersionFacts? version, IReadOnlyList<CopyRegion> regions)
    {
        foreach (CopyRegion region in regions)
        {
            if (version?.In(PlaceOf(region)) is not { } replica)
                continue;

            region.PercentReplicated = replica.Progress;
            progress?.Report(operation, region, "Replicating", replica.Progress, operation.Clock.UtcNow - _begin);
        }
    }
}
