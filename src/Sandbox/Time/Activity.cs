namespace ImageCmdlets.Sandbox;

/// <summary>
/// A piece of work that the clock must wait for. While any activity runs, virtual time stands still; it moves on when
/// every activity waits in <see cref="VirtualClock.DelayAsync"/>, is suspended or has ended.
/// </summary>
/// <remarks>
/// A workflow that fans out enters one activity for each branch and suspends its own while it awaits them.
/// </remarks>
public sealed class Activity : IDisposable
{
    private readonly VirtualClock _clock;
    private readonly object _gate = new();
    private int _suspensions;
    private bool _ended;

    internal Activity(VirtualClock clock) => _clock = clock;

    /// <summary>
    /// Takes the activity out of the count for as long as its owner waits for something outside virtual time: the
    /// consumer of a pipeline, a question to the user, its own branches. Suspensions nest.
    /// </summary>
    /// <returns>Dispose it to count again.</returns>
    public IDisposable Suspend()
    {
        bool leaves;
        lock (_gate) leaves = _suspensions++ == 0 && !_ended;
        // Outside the lock: leaving may serve others, whose code may use this activity.
        if (leaves) _clock.Leave();
        return new ActivitySuspension(this);
    }

    /// <summary>Ends the activity. Further calls do nothing.</summary>
    public void Dispose()
    {
        bool leaves;
        lock (_gate)
        {
            leaves = !_ended && _suspensions == 0;
            _ended = true;
        }

        if (leaves) _clock.Leave();
    }

    internal void Resume()
    {
        bool joins;
        lock (_gate) joins = --_suspensions == 0 && !_ended;
        if (joins) _clock.Join();
    }
}
