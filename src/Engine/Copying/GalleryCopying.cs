using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Copies images into galleries: an image becomes a version, a version of another definition too, and a version of the definition itself gets more regions.</summary>
/// <remarks>Azure does all of it by one write and replicates by itself; nothing temporary is made.</remarks>
internal static class GalleryCopying
{
    /// <summary>Copies; writes one <see cref="ImageCopyResult"/> for each target.</summary>
    public static Task RunAsync(Operation operation, IReadOnlyList<ImageCopyTarget> targets, RunOptions run) =>
        operation.ForEachItemAsync(Sources(targets), async (source, branch) =>
        {
            if (await KnownAsync(branch, [.. source]).ConfigureAwait(false) is { Count: > 0 } known)
                await CopyAsync(branch, known, run).ConfigureAwait(false);
        });

    /// <summary>Says what the copies would take; writes one <see cref="ImageCopyPlan"/> for each target that can be made.</summary>
    public static Task PlanAsync(Operation operation, IReadOnlyList<ImageCopyTarget> targets) =>
        operation.ForEachItemAsync(Sources(targets), async (source, branch) =>
        {
            if (await KnownAsync(branch, [.. source]).ConfigureAwait(false) is not { Count: > 0 } known)
                return;

            GalleryCopyWay way = await GalleryCopyWay.FindAsync(branch, known).ConfigureAwait(false);
            foreach (ImageCopyTarget target in known)
                await branch.WriteAsync(GalleryCopyPreview.Of(way, target)).ConfigureAwait(false);
        });

    private static IGrouping<string, ImageCopyTarget>[] Sources(IReadOnlyList<ImageCopyTarget> targets) => [.. targets.GroupBy(target => target.SourceId, StringComparer.OrdinalIgnoreCase)];

    // A region that the subscription does not have fails alone.
    private static async Task<IReadOnlyList<ImageCopyTarget>> KnownAsync(Operation operation, IReadOnlyList<ImageCopyTarget> targets)
    {
        var known = new List<ImageCopyTarget>();
        string subscription = ResourceId.TryParse(targets[0].Gallery!.DefinitionId)!.SubscriptionId;
        foreach (ImageCopyTarget target in targets)
        {
            try
            {
                known.Add(target with { Location = await LocationCatalog.ResolveAsync(operation, subscription, target.Location).ConfigureAwait(false) });
            }
            catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.InvalidLocation)
            {
                await operation.ErrorAsync(exception).ConfigureAwait(false);
                await operation.WriteAsync(new ImageCopyResult(target.Id) { SourceId = target.SourceId, Location = target.Location, State = "Failed", Error = exception }).ConfigureAwait(false);
            }
        }

        return known;
    }

    private static async Task CopyAsync(Operation operation, IReadOnlyList<ImageCopyTarget> targets, RunOptions run)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        GalleryCopyWay way = await GalleryCopyWay.FindAsync(operation, targets).ConfigureAwait(false);
        VersionOutcome outcome = way.IsReplication
            ? await ReplicateAsync(operation, way, targets, run).ConfigureAwait(false)
            : await new VersionCreation(operation, way.Plan!, run).RunAsync().ConfigureAwait(false);
        ImageVersion version = outcome.Version ?? await VersionService.ReadAsync(operation, outcome.Id).ConfigureAwait(false);
        foreach (ImageCopyTarget target in targets)
            await TellAsync(operation, way, target, version, outcome, operation.Clock.UtcNow - begin).ConfigureAwait(false);
    }

    private static Task<VersionOutcome> ReplicateAsync(Operation operation, GalleryCopyWay way, IReadOnlyList<ImageCopyTarget> targets, RunOptions run) =>
        ReplicationService.ChangeAsync(operation, new SetReplicationOptions { Id = way.Existing!.Id, AddRegion = [.. targets.Select(target => new ImageTargetRegion { Location = target.Location })] }, run);

    private static async Task TellAsync(Operation operation, GalleryCopyWay way, ImageCopyTarget target, ImageVersion version, VersionOutcome outcome, TimeSpan elapsed)
    {
        ImageTargetRegion? region = version.TargetRegion.FirstOrDefault(region => region.Location == target.Location);
        ImageCmdletsException? error = region is { State: "Completed" } || outcome.Started is not null ? null
            : outcome.Failure.FirstOrDefault(failure => failure.Message.IndexOf($" to {target.Location}:", StringComparison.Ordinal) > 0) ?? outcome.Failure.FirstOrDefault()
            ?? new ImageCmdletsException(ErrorIds.ReplicationFailed, $"Version {version.Name} of '{version.DefinitionName}' is not in {target.Location}: {region?.State ?? "it was taken off meanwhile"}.", version.Id);
        if (error is not null)
            await operation.ErrorAsync(error).ConfigureAwait(false);
        bool isThere = error is null && region is { State: "Completed" };
        await operation.WriteAsync(new ImageCopyResult(version.Id)
        {
            SourceId = target.SourceId,
            Location = target.Location,
            Tag = version.Tag,
            ProvisioningState = version.ProvisioningState,
            State = error is not null ? "Failed" : isThere ? "Succeeded" : "InProgress",
            PercentComplete = region?.Progress ?? 0,
            Method = way.MethodOf(target.Location),
            DiskCount = way.DiskCount,
            OSType = way.OSType,
            HyperVGeneration = way.HyperVGeneration,
            Elapsed = elapsed,
            Error = error,
        }).ConfigureAwait(false);
    }
}
