using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Staging;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>Takes all snapshots of a command side by side, after it has been seen that nothing is in the way.</summary>
internal static class SnapshotCreation
{
    public static async Task RunAsync(Operation operation, IReadOnlyList<NewSnapshotOptions> items, RunOptions run)
    {
        SnapshotPlans plans = await SnapshotPlanner.PlanAsync(operation, items).ConfigureAwait(false);
        if (run.NoWait && plans.Staged.Count > 0)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"Snapshots of '{plans.Staged[0].Source.Name}' take several steps, which go on only while this command runs.",
                nameof(run.NoWait), "Leave -NoWait out, or use -AsJob.");
        }

        var staged = new List<StagedSet>();
        Func<Operation, Task>[] checks =
        [
            .. plans.Sets.Select<SnapshotSet, Func<Operation, Task>>(set => branch => SnapshotPresence.CheckAsync(branch, set)),
            .. plans.Staged.Select<StagedSet, Func<Operation, Task>>(set => async branch =>
            {
                StagedSet accepted = await StagedPresence.CheckAsync(branch, set).ConfigureAwait(false);
                lock (staged)
                    staged.Add(accepted);
            }),
        ];
        await operation.ForEachItemAsync(checks, (check, branch) => check(branch)).ConfigureAwait(false);
        SnapshotMember[] members = [.. plans.Sets.Where(set => set.IsAccepted).SelectMany(set => set.Members)];
        bool isOne = plans.Sets.Sum(set => set.Members.Count) + plans.Staged.Count == 1;
        Func<Operation, Task>[] work =
        [
            .. members.Select<SnapshotMember, Func<Operation, Task>>(member => branch => SnapshotTaking.TakeAsync(branch, member, run, isOne)),
            .. staged.Select<StagedSet, Func<Operation, Task>>(set => branch => TakeAsync(branch, set, isOne)),
        ];
        await operation.ForEachAsync(work, (take, branch) => take(branch)).ConfigureAwait(false);
    }

    private static async Task TakeAsync(Operation operation, StagedSet set, bool isOnly)
    {
        try
        {
            await new StagedSnapshots(operation, set).RunAsync().ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (!isOnly)
        {
            await operation.ErrorAsync(exception).ConfigureAwait(false);
        }
    }
}
