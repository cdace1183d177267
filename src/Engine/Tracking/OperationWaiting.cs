using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>Waits until Azure has done its part of operations, and hands each on as it ends.</summary>
/// <remarks>All are looked at together: one look costs the same few lists, however many there are.</remarks>
internal sealed class OperationWaiting(Operation operation, ImageOperationQuery query)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);
    private readonly List<TrackedOperation> _open = [];

    /// <exception cref="ImageCmdletsException">InvalidResourceId, ResourceNotFound, OperationTimedOut.</exception>
    public async Task RunAsync()
    {
        _open.AddRange(await OperationFinder.FindAsync(operation, query).ConfigureAwait(false));
        await EndAsync().ConfigureAwait(false);
        if (_open.Count == 0)
            return;

        Watched<bool> end = await Watch.UntilAsync(operation, LookAsync, isDone => isDone, s_longest, null, s_longestPause).ConfigureAwait(false);
        if (!end.Reached)
            throw new ImageCmdletsException(ErrorIds.OperationTimedOut, $"'{_open[0].Id.Name}' did not end within {s_longest.TotalHours:0} hours.", _open[0].Id.Text);
    }

    private async Task<bool> LookAsync()
    {
        string[] ids = [.. _open.Select(item => item.Id.Text).Distinct(StringComparer.OrdinalIgnoreCase)];
        IReadOnlyList<TrackedOperation> now = await OperationFinder
            .FindAsync(operation, new ImageOperationQuery { SubscriptionId = query.SubscriptionId, Id = ids }, mustExist: false).ConfigureAwait(false);
        for (int i = 0; i < _open.Count; i++)
            _open[i] = Now(_open[i], now);
        await EndAsync().ConfigureAwait(false);
        return _open.Count == 0;
    }

    // Where its traces are gone, its command has ended it, and what it was to make tells how.
    private static TrackedOperation Now(TrackedOperation before, IReadOnlyList<TrackedOperation> now)
    {
        TrackedOperation? found = now.FirstOrDefault(item => item.Kind == before.Kind && item.Id.Equals(before.Id))
            ?? now.FirstOrDefault(item => item.Id.Equals(before.Id) && item.MadeBy == "New");
        if (found is null)
        {
            bool isRemoval = before.Kind == ImageOperationKind.Remove;
            return before with
            {
                State = isRemoval ? TrackedOperation.Succeeded : TrackedOperation.Stopped,
                Detail = isRemoval ? null : "Everything of it is gone: somebody has stopped it.",
                Command = null,
                Parts = [],
                Temporaries = [],
            };
        }

        return found.Kind == before.Kind ? found : before with { State = found.State, Detail = found.Detail, Parts = found.Parts, Temporaries = [], Command = null, Percent = null };
    }

    private async Task EndAsync()
    {
        foreach (TrackedOperation item in _open.ToArray())
        {
            Tell(item);
            if (item.State == TrackedOperation.InProgress)
                continue;

            _open.Remove(item);
            foreach (ResourceId told in item.Parts.Select(part => part.Id).Prepend(item.Id))
                operation.Session.Started.Forget(told);
            await operation.WriteAsync(item.ToContract(operation.Clock.UtcNow)).ConfigureAwait(false);
            if (item.State == TrackedOperation.Failed)
                await operation.ErrorAsync(Failure(item)).ConfigureAwait(false);
            if (item.State == TrackedOperation.Interrupted)
                operation.Warning($"Azure has nothing more to do for '{item.Id.Name}', and the rest of its steps are not done: {(item.Command is null ? "no command can do them. Get-ImageLeftover -IncludeInterrupted lists what it has made." : "run " + item.Command)}");
        }
    }

    private void Tell(TrackedOperation item)
    {
        var progress = new OperationProgress(StepProgress.ActivityIdOf(item.Id.Text), $"{item.Kind} {item.Id.Name}", item.Detail ?? item.State)
        {
            PercentComplete = item.Percent is { } percent ? (int)percent : -1,
        };
        operation.Progress(item.State == TrackedOperation.InProgress ? progress : progress with { Completed = true });
    }

    private static ImageCmdletsException Failure(TrackedOperation item) => new(
        item.Kind == ImageOperationKind.Copy ? ErrorIds.CopyFailed : ErrorIds.ProvisioningFailed, $"The work on '{item.Id.Name}' failed: {item.Detail ?? "Azure says no more."}", item.Id.Text);
}
