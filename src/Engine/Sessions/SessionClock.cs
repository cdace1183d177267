using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>The session's time: the machine's, or the sandbox's virtual time that jumps forward when everybody waits.</summary>
internal sealed class SessionClock(TimeProvider time)
{
    private readonly VirtualClock? _virtual = time as VirtualClock;

    public DateTimeOffset UtcNow => time.GetUtcNow();

    /// <summary>Registers a branch of work, so that virtual time does not pass while it runs; null in real time.</summary>
    public Activity? Enter() => _virtual?.Enter();

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (_virtual is not null)
            return _virtual.DelayAsync(delay, cancellationToken);
#if NET8_0_OR_GREATER
        return Task.Delay(delay, time, cancellationToken);
#else
        return time.Delay(delay, cancellationToken);
#endif
    }

    /// <summary>Lets the branches that are due at this time go first; nothing to do in real time.</summary>
    public Task YieldAsync(CancellationToken cancellationToken) =>
        _virtual?.DelayAsync(TimeSpan.Zero, cancellationToken) ?? Task.CompletedTask;

    /// <summary>Cancels the source when the time has passed; dispose what is returned to call it off.</summary>
    public IDisposable CancelAfter(CancellationTokenSource source, TimeSpan delay) =>
        time.CreateTimer(static state => Cancel((CancellationTokenSource)state!), source, delay, Timeout.InfiniteTimeSpan);

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work ended at the same moment.
        }
    }
}
