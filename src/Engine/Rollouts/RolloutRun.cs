using System.Collections.Concurrent;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Takes bad versions of one image definition back.</summary>
/// <remarks>First nobody gets them any more, then what names them is given the good one, then the machines that run them. Run again it finds by the world as it is what is still to be done.</remarks>
/// <param name="operation">The running command.</param>
/// <param name="rows">The plan.</param>
/// <param name="options">What is asked for.</param>
/// <param name="account">Who asks; null where the session does not know.</param>
internal sealed class RolloutRun(Operation operation, IReadOnlyList<ImageRolloutResult> rows, UndoRolloutOptions options, string? account)
{
    private readonly ConcurrentBag<string> _failed = [];

    private IEnumerable<ImageRolloutResult> Machines => rows.Where(row => row.Action is ImageRolloutAction.Upgrade or ImageRolloutAction.Replace);

    public async Task RunAsync()
    {
        if (rows.FirstOrDefault(row => row.Action == ImageRolloutAction.Exclude)?.Reason is { } warning)
            operation.Warning(warning);
        await EachAsync(ImageRolloutAction.Exclude, RolloutState.Excluded, ExcludeAsync).ConfigureAwait(false);
        await EachAsync(ImageRolloutAction.Repoint, RolloutState.Repointed, RepointAsync).ConfigureAwait(false);
        await MachinesAsync().ConfigureAwait(false);
        foreach (ImageRolloutResult row in rows.Where(row => row.Action == ImageRolloutAction.None))
            await operation.WriteAsync(row).ConfigureAwait(false);
    }

    // A set that brings its machines to a new model by itself may give up over those that are unhealthy: they are brought back one batch after another then.
    private async Task RepointAsync(Operation own, ImageRolloutResult row)
    {
        ArmAnswer? begun = null;
        await RolloutScaleSets.CancelUpgradeAsync(own, row.Id).ConfigureAwait(false);
        await RolloutScaleSets.WhenFreeAsync(own, row.Id, async () => begun = await RolloutScaleSets.BeginAsync(own, row.Id, row.To!).ConfigureAwait(false)).ConfigureAwait(false);
        try
        {
            await own.Poller.WaitAsync(begun!, row.Id, null, own.CancellationToken).ConfigureAwait(false);
        }
        catch (ArmOperationException exception) when (Machines.Any(machine => IsOf(machine, row.Id) && IsAgreed(machine)))
        {
            own.Verbose($"Azure's own upgrade of '{row.Name}' failed, its machines are brought back in batches: {exception.Message}");
        }
    }

    private async Task MachinesAsync()
    {
        foreach (ImageRolloutResult row in Machines.Where(row => !IsAgreed(row) || !IsReady(row)))
            await operation.WriteAsync(row with { State = RolloutState.Skipped }).ConfigureAwait(false);
        IGrouping<string, ImageRolloutResult>[] sets = [.. Machines.Where(row => IsAgreed(row) && IsReady(row)).GroupBy(row => row.ScaleSetId!, StringComparer.OrdinalIgnoreCase)];
        await operation.ForEachAsync(sets, async (set, own) =>
        {
            try
            {
                await new MachineReturn(own, set.Key, [.. set], options).RunAsync().ConfigureAwait(false);
            }
            catch (ImageCmdletsException exception)
            {
                await own.ErrorAsync(exception).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    // What a machine gets is its set's model: without that it would be made of the bad version again.
    private bool IsReady(ImageRolloutResult machine) =>
        rows.FirstOrDefault(row => row.Action == ImageRolloutAction.Repoint && IsOf(machine, row.Id)) is not { } model || (model.Error is null && IsAgreed(model) && !_failed.Contains(model.Id));

    private static bool IsOf(ImageRolloutResult machine, string setId) => string.Equals(machine.ScaleSetId, setId, StringComparison.OrdinalIgnoreCase);

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
            _failed.Add(row.Id);
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
