using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Operations;

/// <summary>One run of one workflow, or one branch of it: its session, sink, clock and bounds.</summary>
internal sealed class Operation
{
    private readonly IOperationSink _sink;
    private readonly Activity? _activity;

    private Operation(EngineSession session, IOperationSink sink, Activity? activity, int throttleLimit, CancellationToken cancellationToken)
    {
        _sink = sink;
        _activity = activity;
        Session = session;
        ThrottleLimit = throttleLimit;
        CancellationToken = cancellationToken;
        Arm = new ArmGateway(session, sink);
        Poller = new ArmPoller(Arm, session.Clock);
    }

    public EngineSession Session { get; }

    public SessionClock Clock => Session.Clock;

    public ArmGateway Arm { get; }

    public ArmPoller Poller { get; }

    /// <summary>How many branches run at once.</summary>
    public int ThrottleLimit { get; }

    /// <summary>Cancelled by the user, by the time limit, or because a sibling branch failed.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Runs a workflow under its time limit, and gives every failure as an <see cref="ImageCmdletsException"/>.</summary>
    /// <param name="session">The user's session.</param>
    /// <param name="sink">Where objects and messages go.</param>
    /// <param name="run">Time limit and parallelism.</param>
    /// <param name="target">What the command is about, for errors that know nothing better.</param>
    /// <param name="work">The workflow.</param>
    /// <param name="cancellationToken">The user's Ctrl-C.</param>
    public static async Task RunAsync(ImageSession session, IOperationSink sink, RunOptions run, object? target, Func<Operation, Task> work, CancellationToken cancellationToken)
    {
        EngineSession engine = EngineSession.Of(session);
        using Activity? activity = engine.Clock.Enter();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using IDisposable? timer = run.Timeout is { } timeout ? engine.Clock.CancelAfter(limit, timeout) : null;
        try
        {
            await work(new Operation(engine, sink, activity, run.ThrottleLimit, limit.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(run, target);
        }
        catch (Exception exception) when (exception is not (ImageCmdletsException or OperationCanceledException))
        {
            throw ArmFailure.Of(exception, target);
        }
    }

    /// <summary>The same branch with another session of the same clock: what a command does in another tenant.</summary>
    public Operation With(EngineSession session) => session == Session ? this : new Operation(session, _sink, _activity, ThrottleLimit, CancellationToken);

    /// <summary>Hands an object on. Virtual time may pass for others while the consumer holds us up.</summary>
    public async Task WriteAsync(object item)
    {
        using IDisposable? suspended = _activity?.Suspend();
        await _sink.WriteAsync(item, CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reports the failure of one item.</summary>
    public async Task ErrorAsync(ImageCmdletsException error)
    {
        using IDisposable? suspended = _activity?.Suspend();
        await _sink.ErrorAsync(error, CancellationToken).ConfigureAwait(false);
    }

    public void Verbose(string message) => _sink.Verbose(message);

    public void Warning(string message) => _sink.Warning(message);

    public void Progress(OperationProgress progress) => _sink.Progress(progress);

    /// <summary>As <see cref="ForEachAsync"/>, but the failure of one item is reported and does not stop the others.</summary>
    public Task ForEachItemAsync<T>(IReadOnlyList<T> items, Func<T, Operation, Task> branch) => ForEachAsync(items, async (item, own) =>
    {
        try
        {
            await branch(item, own).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (items.Count > 1)
        {
            await own.ErrorAsync(exception).ConfigureAwait(false);
        }
    });

    /// <summary>Runs a branch for each item, at most <see cref="ThrottleLimit"/> at once, and waits for all. The first failure
    /// stops the other branches and is thrown; a branch that must not stop the others catches its own.</summary>
    /// <param name="items">The items.</param>
    /// <param name="branch">What is done for each.</param>
    /// <param name="most">A smaller number at once, for branches within branches.</param>
    public async Task ForEachAsync<T>(IReadOnlyList<T> items, Func<T, Operation, Task> branch, int most = int.MaxValue)
    {
        if (items.Count == 0)
            return;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken);
        int next = -1;
        int workers = Math.Max(1, Math.Min(Math.Min(ThrottleLimit, most), items.Count));
        int left = workers;

        // At no moment may it seem that nobody works, else virtual time passes for others: the branches are there before this one
        // steps back, and it is back before the last of them ends.
        Activity?[] activities = [.. Enumerable.Range(0, workers).Select(_ => Clock.Enter())];
        using IDisposable? suspended = _activity?.Suspend();
        await Task.WhenAll([.. activities.Select(WorkAsync)]).ConfigureAwait(false);

        async Task WorkAsync(Activity? activity)
        {
            using (activity)
            {
                var own = new Operation(Session, _sink, activity, ThrottleLimit, stop.Token);
                try
                {
                    await Clock.YieldAsync(stop.Token).ConfigureAwait(false);
                    for (int index = Interlocked.Increment(ref next); index < items.Count; index = Interlocked.Increment(ref next))
                    {
                        stop.Token.ThrowIfCancellationRequested();
                        await branch(items[index], own).ConfigureAwait(false);
                    }
                }
                catch
                {
                    CancelQuietly(stop);
                    throw;
                }
                finally
                {
                    if (Interlocked.Decrement(ref left) == 0)
                        suspended?.Dispose();
                }
            }
        }
    }

    /// <summary>Asks something about each item, <see cref="ThrottleLimit"/> at once, and hands the answers on in the order of the
    /// items. Wave by wave, so that the first answers come early and a consumer who has enough stops the rest.</summary>
    public async Task ForEachInOrderAsync<T, TAnswer>(IReadOnlyList<T> items, Func<T, Operation, Task<TAnswer>> ask, Func<TAnswer, Task> onAnswer)
    {
        for (int start = 0; start < items.Count; start += ThrottleLimit)
        {
            var answers = new TAnswer[Math.Min(ThrottleLimit, items.Count - start)];
            int first = start;
            await ForEachAsync([.. Enumerable.Range(0, answers.Length)], async (index, own) =>
                answers[index] = await ask(items[first + index], own).ConfigureAwait(false)).ConfigureAwait(false);
            foreach (TAnswer answer in answers)
                await onAnswer(answer).ConfigureAwait(false);
        }
    }

    private static void CancelQuietly(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The others had ended already.
        }
    }

    private static ImageCmdletsException TimedOut(RunOptions run, object? target) => run.Timeout is { } timeout
        ? new ImageCmdletsException(ErrorIds.OperationTimedOut, $"The command did not end within {timeout.TotalSeconds:0} seconds. What Azure has begun goes on.", target)
        : new ImageCmdletsException(ErrorIds.ConnectionFailed, "A request was given up because no answer came.", target);
}
