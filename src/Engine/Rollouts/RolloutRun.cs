using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Takes bad versions of one image definition back.</summary>
/// <remarks>First nobody gets them any more, then what names them is given the good one. Run again it finds by the world as it is what is still to be done.</remarks>
/// <param name="operation">The running command.</param>
/// <param name="rows">The plan.</param>
/// <param name="options">What is asked for.</param>
/// <param name="account">Who asks; null where the session does not know.</param>
internal sealed class RolloutRun(Operation operation, IReadOnlyList<ImageRolloutResult> rows, UndoRolloutOptions options, string? account)
{
    public async Task RunAsync()
    {
        if (rows.FirstOrDefault(row => row.Action == ImageRolloutAction.Exclude)?.Reason is { } warning)
            operation.Warning(warning);
        await EachAsync(ImageRolloutAction.Exclude, RolloutState.Excluded, ExcludeAsync).ConfigureAwait(false);
        await EachAsync(ImageRolloutAction.Repoint, RolloutState.Repointed, RolloutScaleSets.RepointAsync).ConfigureAwait(false);
        foreach (ImageRolloutResult row in rows.Where(row => row.Action == ImageRolloutAction.None))
            await operation.WriteAsync(row).ConfigureAwait(false);
    }

    private Task EachAsync(ImageRolloutAction action, string state, Func<Operation, ImageRolloutResult, Task> work) => operation.ForEachAsync([.. rows.Where(row => row.Action == action)], async (row, own) =>
    {
        ImageRolloutResult result = row.Error is not null ? row : row with { State = IsAgreed(row) ? state : RolloutState.Skipped };
        try
        {
            if (result.State == state)
                await work(own, row).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            result = row with { State = RolloutState.Failed, Error = exception };
        }

        if (result.Error is { } error)
            await own.ErrorAsync(error).ConfigureAwait(false);
        await own.WriteAsync(result).ConfigureAwait(false);
    });

    private async Task ExcludeAsync(Operation own, ImageRolloutResult row)
    {
        VersionOutcome outcome = await new VersionChange(own, ResourceId.TryParse(row.Id)!, new RunOptions()).RunAsync(draft =>
        {
            draft.Exclude(true, []);
            draft.Exclude(true, [.. draft.Present.TargetRegion.Select(region => region.Location)]);
            draft.Tag(RolloutTags.With(draft.Present.Tag, options.Reason, own.Clock.UtcNow, account));
        }, isRepair: false).ConfigureAwait(false);
        foreach (ImageCmdletsException failure in outcome.Failure)
            own.Warning($"Version {row.Name} is excluded from latest, but not well in every region: {failure.Message}");
    }

    private bool IsAgreed(ImageRolloutResult row) => options.Agreed is null || options.Agreed.Contains(row.Id, StringComparer.OrdinalIgnoreCase);
}
