namespace ImageCmdlets.Sandbox.Time;

/// <summary>A timer in virtual time. It never makes the clock jump; it fires on the way of a jump.</summary>
internal sealed class ClockTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    /// <summary>The entry now in the clock's queue; null while the timer is stopped. Guarded by the clock's lock.</summary>
    public ClockTimerEntry? Entry { get; set; }

    /// <summary>Set once by <see cref="Dispose"/>. Guarded by the clock's lock.</summary>
    public bool Disposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Schedule(this, dueTime, period);

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>Calls the owner back in the execution context in which it made the timer, as a system timer does.</summary>
    public void Fire()
    {
        if (_context is null)
            callback(state);
        else
            ExecutionContext.Run(_context, _ => callback(state), null);
    }
}
