using ImageCmdlets.Sandbox.Time;

namespace ImageCmdlets.Sandbox;

/// <summary>A clock that stands still while anybody works and jumps to the next appointment when everybody waits. A build of forty
/// minutes runs in a blink, always in the same order, and its duration can be asserted to the second.</summary>
/// <remarks>
/// <para>Waiters are served one by one, by due time and then by arrival: the next one is released only when the one before
/// waits again or has ended. Parallel branches are thereby serialised.</para>
/// <para>Work registers with <see cref="Enter"/>. A delay asked for while no activity runs counts as an activity of its own
/// for that time, so that a plain await works without registration. All members may be used from any thread.</para>
/// </remarks>
public sealed class VirtualClock : TimeProvider
{
    private static readonly DateTimeOffset s_default = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly object _gate = new();
    private readonly SortedSet<ClockEntry> _queue = new(ClockEntryOrder.Instance);
    private long _ticks;
    private long _sequence;
    private int _running;
    private int _waiting;
    private int _owned;
    private int _firing;
    private bool _pumping;

    /// <summary>Starts at 2026-01-05T08:00:00Z.</summary>
    public VirtualClock() : this(s_default)
    {
    }

    /// <summary>Starts at the given time.</summary>
    public VirtualClock(DateTimeOffset start) => Now = start.ToUniversalTime();

    /// <summary>Number of activities, those included that wait in a delay; suspended ones do not count.</summary>
    public int Active
    {
        get
        {
            lock (_gate) return _running + _owned;
        }
    }

    /// <summary>Number of delays that have not come due.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting;
        }
    }

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => Now;

    // Set under the gate, read without it: every answer tells the time several times.
    private DateTimeOffset Now
    {
        get => new(Volatile.Read(ref _ticks), TimeSpan.Zero);
        set => Volatile.Write(ref _ticks, value.UtcTicks);
    }

    /// <inheritdoc />
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Registers a running activity; dispose it when the work is done.</summary>
    public Activity Enter()
    {
        Join();
        return new Activity(this);
    }

    /// <summary>
    /// Waits in virtual time. The calling activity does not count as running meanwhile. A delay of zero or less gives way
    /// to whoever is due at the current time, then goes on.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the activity runs again.</exception>
    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        ClockWaiter waiter;
        lock (_gate)
        {
            bool owns = _running > 0;
            waiter = new ClockWaiter(After(delay), _sequence++, owns);
            if (owns)
            {
                _running--;
                _owned++;
            }

            _waiting++;
            _queue.Add(waiter);
        }

        if (cancellationToken.CanBeCanceled) Watch(waiter, cancellationToken);
        Pump();
        return waiter.Task;
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (callback is null) throw new ArgumentNullException(nameof(callback));
        var timer = new ClockTimer(this, callback, state);
        Schedule(timer, dueTime, period);
        return timer;
    }

    /// <summary>Moves the time forward by hand; whatever comes due on the way is served in order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative: time never goes back.</exception>
    public void Advance(TimeSpan span)
    {
        if (span < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(span));
        DateTimeOffset target;
        lock (_gate) target = Now + span;
        while (TakeTimer(target) is { } timer) timer.Serve();
        lock (_gate)
        {
            if (Now < target) Now = target;
        }

        Pump();
    }

    /// <summary>Sets the clock to another time; whoever waits keeps its remaining time.</summary>
    internal void Restart(DateTimeOffset start)
    {
        lock (_gate)
        {
            TimeSpan shift = start.ToUniversalTime() - Now;
            // The same shift for all keeps the order, so the set stays sorted.
            foreach (ClockEntry entry in _queue) entry.Due += shift;
            Now += shift;
        }
    }

    internal void Join()
    {
        lock (_gate) _running++;
    }

    internal void Leave()
    {
        lock (_gate) _running--;
        Pump();
    }

    internal bool Schedule(ClockTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.Disposed) return false;
            if (timer.Entry is not null) _queue.Remove(timer.Entry);
            timer.Entry = null;
            if (dueTime != Timeout.InfiniteTimeSpan) Enqueue(timer, After(dueTime), period);
        }

        if (dueTime == TimeSpan.Zero) FireSoon();
        return true;
    }

    internal void Remove(ClockTimer timer)
    {
        lock (_gate)
        {
            timer.Disposed = true;
            if (timer.Entry is not null) _queue.Remove(timer.Entry);
            timer.Entry = null;
        }
    }

    private DateTimeOffset After(TimeSpan delay) => delay > TimeSpan.Zero ? Now + delay : Now;

    private void Enqueue(ClockTimer timer, DateTimeOffset due, TimeSpan period)
    {
        timer.Entry = new ClockTimerEntry(due, _sequence++, timer, period);
        _queue.Add(timer.Entry);
    }

    // A timer due at once must not call back before CreateTimer has returned, and time must not move on before it has.
    private void FireSoon()
    {
        lock (_gate) _firing++;
        _ = Task.Run(() =>
        {
            try
            {
                while (TakeTimer(GetUtcNow()) is { } due) due.Serve();
            }
            finally
            {
                lock (_gate) _firing--;
                Pump();
            }
        });
    }

    private void Watch(ClockWaiter waiter, CancellationToken cancellationToken)
    {
        CancellationTokenRegistration registration = cancellationToken.Register(() => Cancel(waiter, cancellationToken));
        bool gone;
        lock (_gate)
        {
            waiter.Registration = registration;
            gone = !_queue.Contains(waiter);
        }

        if (gone) registration.Dispose();
    }

    private void Cancel(ClockWaiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_queue.Remove(waiter)) return;
            Release(waiter);
        }

        waiter.Cancel(cancellationToken);
    }

    private void Release(ClockWaiter waiter)
    {
        _waiting--;
        if (!waiter.OwnsActivity) return;
        _owned--;
        _running++;
    }

    // Serves what is due until somebody runs again. Only one thread pumps; a second one leaves its news in the counters,
    // which the first reads again before it stops.
    private void Pump()
    {
        lock (_gate)
        {
            if (_pumping) return;
            _pumping = true;
        }

        try
        {
            while (TakeNext() is { } entry)
            {
                if (entry is ClockWaiter waiter) waiter.Registration.Dispose();
                entry.Serve();
            }
        }
        catch
        {
            lock (_gate) _pumping = false;
            throw;
        }
    }

    private ClockEntry? TakeNext()
    {
        lock (_gate)
        {
            // Below zero when somebody without an activity waits and the activity that it was taken for has ended.
            bool quiet = _running <= 0 && _firing == 0;
            ClockEntry? waiter = quiet && _waiting > 0 ? _queue.First(static e => e is ClockWaiter) : null;
            if (waiter is null)
            {
                _pumping = false;
                return null;
            }

            if (DueTimer(waiter.Due > Now ? waiter.Due : Now) is { } timer) return Take(timer);
            if (waiter.Due > Now) Now = waiter.Due;
            _queue.Remove(waiter);
            Release((ClockWaiter)waiter);
            return waiter;
        }
    }

    private ClockTimerEntry? TakeTimer(DateTimeOffset until)
    {
        lock (_gate) return DueTimer(until) is { } timer ? Take(timer) : null;
    }

    private ClockTimerEntry? DueTimer(DateTimeOffset until) =>
        _queue.TakeWhile(entry => entry.Due <= until).OfType<ClockTimerEntry>().FirstOrDefault();

    private ClockTimerEntry Take(ClockTimerEntry entry)
    {
        if (entry.Due > Now) Now = entry.Due;
        _queue.Remove(entry);
        entry.Timer.Entry = null;
        if (entry.Period > TimeSpan.Zero) Enqueue(entry.Timer, entry.Due + entry.Period, entry.Period);
        return entry;
    }
}
