using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Retention;

/// <summary>Plans which image versions are to go, and removes them.</summary>
public static class RetentionService
{
    /// <summary>Versions on their way out at once: each takes four minutes, to be excluded and to be deleted (recorded: 150 and 90 to 150 seconds), and as long as three more
    /// to wait for its turn. With these Azure always has the 150 deletions that it takes in three minutes; it takes no more changes of versions in that time.</summary>
    public const int VersionsAtOnce = 375;

    /// <summary>Writes an <see cref="ImageRetention"/> for each version of the definitions that fit, definition by definition, the newest version first.
    /// Azure is only read.</summary>
    /// <param name="session">The session.</param>
    /// <param name="queries">Which galleries and definitions.</param>
    /// <param name="rule">What keeps a version.</param>
    /// <param name="run">Bounds and parallelism.</param>
    /// <param name="sink">Where the plan goes.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ImageCmdletsException">InvalidResourceId, ImageNotFound, ResourceNotFound.</exception>
    public static Task PlanAsync(
        ImageSession session, IReadOnlyList<GalleryQuery> queries, GetImageRetentionOptions rule, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, queries[0].Id ?? queries[0].GalleryName, async operation =>
        {
            var definitions = new List<ResourceId>();
            foreach (GalleryQuery query in queries)
                definitions.AddRange(await new GalleryWalk(operation, query).DefinitionIdsAsync().ConfigureAwait(false));
            if (definitions.Count == 0)
                return;

            ResourceId[] asked = [.. definitions.Distinct()];
            IReadOnlyDictionary<string, IReadOnlyList<ImageUsage>>? users = rule.IgnoreUsage ? null : await RetentionSurvey.UsersAsync(operation, asked).ConfigureAwait(false);
            var planner = new RetentionPlanner(rule, operation.Clock.UtcNow);
            await operation.ForEachInOrderAsync(asked, (definition, own) => RetentionSurvey.VersionsAsync(own, definition), async versions =>
            {
                foreach (ImageRetention row in planner.Plan(versions, users))
                    await operation.WriteAsync(row).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Carries a plan out: each version that is still to go by the plan's own rules is excluded from latest, then deleted; writes an
    /// <see cref="ImageRetentionResult"/> for each.</summary>
    /// <param name="session">The session.</param>
    /// <param name="options">The plan and its brake.</param>
    /// <param name="run">Bounds and parallelism.</param>
    /// <param name="sink">Results, errors, progress.</param>
    /// <param name="cancellationToken">Stops; what is left is the same command's work another time.</param>
    /// <exception cref="ImageCmdletsException">RetentionLimitExceeded: nothing was changed.</exception>
    public static Task InvokeAsync(ImageSession session, InvokeImageRetentionOptions options, RunOptions run, IOperationSink sink, CancellationToken cancellationToken)
    {
        ImageRetention[] leaving = [.. options.Plan.Where(row => row.Action == ImageRetentionAction.Remove)];
        RequireWithin(leaving, options.MaxRemove);
        return leaving.Length == 0 ? Task.CompletedTask
            : Operation.RunAsync(session, sink, run, leaving[0].Id, operation => new RetentionRun(operation, leaving, options.ExcludeOnly).RunAsync(), cancellationToken);
    }

    /// <summary>The brake.</summary>
    /// <param name="leaving">The rows of a plan that are to go.</param>
    /// <param name="maxRemove">How many may go at once.</param>
    /// <exception cref="ImageCmdletsException">RetentionLimitExceeded.</exception>
    public static void RequireWithin(IReadOnlyCollection<ImageRetention> leaving, int maxRemove)
    {
        if (leaving.Count > maxRemove)
        {
            throw new ImageCmdletsException(ErrorIds.RetentionLimitExceeded, $"The plan removes {leaving.Count} versions, and at most {maxRemove} are allowed at once.", leaving.First().Id,
                $"Look at the plan, and pass -MaxRemove {leaving.Count} where all of them may go.");
        }
    }
}
