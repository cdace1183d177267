using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Rollouts;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Makes, reads, changes and restores image versions.</summary>
public static class VersionService
{
    private const string WithReplication = "$expand=ReplicationStatus";

    /// <summary>Writes each <see cref="ImageVersion"/> that fits, by number within its definition.</summary>
    /// <remarks>Source: <c>GalleryImageVersions_Get</c>, <c>GalleryImageVersions_ListByGalleryImage</c>, <c>SoftDeletedResource_ListByArtifactName</c>.</remarks>
    public static Task GetAsync(ImageSession session, GalleryQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), query.Id ?? query.Version, operation => new GalleryWalk(operation, query).VersionsAsync(async (definition, versions) =>
        {
            if (query.SoftDeleted)
            {
                foreach (JsonElement version in versions)
                    await operation.WriteAsync(VersionMapper.SoftDeleted(version, definition)).ConfigureAwait(false);
                return;
            }

            JsonElement[] wanted = !query.Latest ? [.. versions] : LatestVersion.Of(versions, query.Location) is { } latest ? [latest] : [];
            await WriteAsync(operation, wanted, query.IncludeReplication).ConfigureAwait(false);
        }), cancellationToken);

    /// <summary>Makes image versions, side by side; writes each <see cref="ImageVersion"/>, also one that is not in every region, with an error for each that failed.</summary>
    /// <remarks>Source: <c>GalleryImageVersions_CreateOrUpdate</c>.</remarks>
    /// <exception cref="ImageCmdletsException">For one version: whatever makes it impossible; nothing was changed by then.</exception>
    public static Task CreateAsync(ImageSession session, IReadOnlyList<NewVersionOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Source, operation => operation.ForEachItemAsync(items, (item, branch) => CreateAsync(branch, item, run)), cancellationToken);

    /// <summary>Changes image versions, side by side; writes each <see cref="ImageVersion"/> as it is afterwards.</summary>
    /// <remarks>Source: <c>GalleryImageVersions_Update</c>. A version that is as wanted is not written again.</remarks>
    /// <exception cref="ImageCmdletsException">For one version: ImageNotFound, InvalidArgument, RegionMismatch; nothing was changed.</exception>
    public static Task SetAsync(ImageSession session, IReadOnlyList<SetVersionOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Id, operation => operation.ForEachItemAsync(items, async (item, branch) =>
        {
            if (item.EndOfLifeDate <= branch.Clock.UtcNow)
                throw VersionRules.EndOfLifeIsPast(item.EndOfLifeDate.Value, item.Id);

            DateTimeOffset begin = branch.Clock.UtcNow;
            VersionOutcome outcome = await new VersionChange(branch, ResourceId.TryParse(item.Id)!, run).RunAsync(draft => Apply(draft, item), isRepair: false).ConfigureAwait(false);
            await TellAsync(branch, outcome, "Set", begin, branch.WriteAsync).ConfigureAwait(false);
        }), cancellationToken);

    /// <summary>Brings back versions that were deleted from galleries with soft deletion, side by side; writes each <see cref="ImageVersion"/>.</summary>
    /// <remarks>Source: <c>GalleryImageVersions_CreateOrUpdate</c>.</remarks>
    /// <exception cref="ImageCmdletsException">For one version: ImageNotFound.</exception>
    public static Task RestoreAsync(ImageSession session, IReadOnlyList<RestoreVersionOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Id, operation => operation.ForEachItemAsync(items, async (item, branch) =>
        {
            DateTimeOffset begin = branch.Clock.UtcNow;
            VersionOutcome outcome = await VersionRestoration.RunAsync(branch, ResourceId.TryParse(item.Id)!, item.Tag, run).ConfigureAwait(false);
            await TellAsync(branch, outcome, "Restore", begin, branch.WriteAsync).ConfigureAwait(false);
        }), cancellationToken);

    /// <summary>Reports what failed, and hands on the version, or that it is on its way.</summary>
    /// <param name="operation">The branch.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="verb">What was asked for, such as "New".</param>
    /// <param name="begin">When the command began with it.</param>
    /// <param name="write">Writes the version.</param>
    internal static async Task TellAsync(Operation operation, VersionOutcome outcome, string verb, DateTimeOffset begin, Func<ImageVersion, Task> write)
    {
        foreach (ImageCmdletsException failure in outcome.Failure)
            await operation.ErrorAsync(failure).ConfigureAwait(false);
        if (outcome.Started is { } started)
            await StartedOperation.WriteAsync(operation, outcome.Id, verb, begin, started).ConfigureAwait(false);
        else
            await write(outcome.Version!).ConfigureAwait(false);
    }


    private static void Apply(VersionDraft draft, SetVersionOptions options)
    {
        if (options.EndOfLifeDate is { } end)
            draft.EndOfLife(end);
        if (options.ExcludeFromLatest is { } excluded)
            draft.Exclude(excluded, options.Location);
        if (options.BlockDeletionBeforeEndOfLife is { } blocked)
            draft.BlockDeletion(blocked);

        // What is released is no longer staged, and one that was taken back is good again, in the regions too from which Undo-ImageRollout took it.
        bool isReleased = options is { ExcludeFromLatest: false, Location.Count: 0 }, isUndone = RolloutTags.IsUndone(draft.Present.Tag);
        if (isReleased && isUndone)
            draft.Exclude(false, [.. draft.Present.TargetRegion.Select(region => region.Location)]);
        if (options.Tag is not null || (isReleased && (draft.Present.IsStaged || isUndone)))
            draft.Tag((options.Tag ?? draft.Present.Tag).Where(tag => !isReleased || !(tag.Key == VersionTags.Staged.Key || RolloutTags.Has(tag.Key))).ToDictionary(tag => tag.Key, tag => tag.Value));
    }

    private static async Task CreateAsync(Operation operation, NewVersionOptions options, RunOptions run)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        VersionPlan plan = await ImageClone.GuardAsync(operation, options.Source, options.KeepClone, run, () => VersionPlanner.PlanAsync(operation, options)).ConfigureAwait(false);
        ImageClone? clone = ImageClone.Of(plan.Source.CloneOf, plan.Source.Id, options.KeepClone, run);
        try
        {
            VersionOutcome outcome = await new VersionCreation(operation, plan, run).RunAsync().ConfigureAwait(false);
            if (clone is not null && outcome.Version?.ProvisioningState == "Succeeded")
                await clone.RemoveAsync(operation).ConfigureAwait(false);
            await TellAsync(operation, outcome, "New", begin, operation.WriteAsync).ConfigureAwait(false);
        }
        catch (ImageCmdletsException) when (clone is not null)
        {
            await clone.GiveUpAsync(operation).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A version as it is, with how far each region is.</summary>
    /// <exception cref="ImageCmdletsException">ImageNotFound.</exception>
    internal static async Task<ImageVersion> ReadAsync(Operation operation, ResourceId id) =>
        VersionMapper.Map((await operation.Arm.GetAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken, WithReplication).ConfigureAwait(false)).Body);

    // The list does not say how far regions are.
    private static async Task WriteAsync(Operation operation, IReadOnlyList<JsonElement> versions, bool withReplication)
    {
        if (withReplication)
        {
            await operation.ForEachInOrderAsync(versions, (version, own) => ReadAsync(own, ResourceId.TryParse(version.Text("id"))!), operation.WriteAsync).ConfigureAwait(false);
            return;
        }

        foreach (JsonElement version in versions)
            await operation.WriteAsync(VersionMapper.Map(version)).ConfigureAwait(false);
    }
}
