namespace ImageCmdlets.Sandbox.Tests.Time;

public sealed class VirtualClockTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public void Starts_at_the_given_time_and_stands_still()
    {
        var start = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
        var clock = new VirtualClock(start);
        Assert.Equal(start, clock.GetUtcNow());
        Assert.Equal(start, clock.GetUtcNow());
        Assert.Equal(TimeSpan.TicksPerSecond, clock.TimestampFrequency);
    }

    [Fact]
    public async Task A_delay_without_activity_passes_at_once()
    {
        var clock = new VirtualClock();
        long before = clock.GetTimestamp();
        await clock.DelayAsync(TimeSpan.FromMinutes(40), None);
        Assert.Equal(TimeSpan.FromMinutes(40), clock.GetElapsedTime(before));
        Assert.Equal(0, clock.Active);
        Assert.Equal(0, clock.Waiting);
    }

    [Fact]
    public async Task Nothing_moves_while_another_activity_runs()
    {
        var clock = new VirtualClock();
        DateTimeOffset start = clock.GetUtcNow();
        using Activity one = clock.Enter();
        Activity other = clock.Enter();
        Task delay = clock.DelayAsync(s_second, None);
        Assert.False(delay.IsCompleted);
        Assert.Equal(2, clock.Active);
        Assert.Equal(1, clock.Waiting);
        other.Dispose();
        await delay;
        Assert.Equal(start + s_second, clock.GetUtcNow());
        Assert.Equal(1, clock.Active);
    }

    [Fact]
    public async Task Twenty_branches_run_in_the_same_order_a_hundred_times()
    {
        string expected = string.Join(",", await FanOutAsync());
        for (int i = 0; i < 100; i++) Assert.Equal(expected, string.Join(",", await FanOutAsync()));
    }

    // Each branch waits three times for a time of its own; two branches are never between two waits at once.
    private static async Task<List<string>> FanOutAsync()
    {
        var clock = new VirtualClock();
        var log = new List<string>();
        int inside = 0;
        using Activity owner = clock.Enter();
        var branches = new List<Task>();
        for (int i = 0; i < 20; i++)
        {
            Activity branch = clock.Enter();
            branches.Add(BranchAsync(branch, i));
        }

        using (owner.Suspend()) await Task.WhenAll(branches);
        return log;

        async Task BranchAsync(Activity activity, int number)
        {
            using (activity)
            {
                for (int step = 0; step < 3; step++)
                {
                    await clock.DelayAsync(TimeSpan.FromSeconds((number * 7 % 5) + step), None).ConfigureAwait(false);
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    log.Add($"{number}.{step}@{clock.GetUtcNow():mm:ss}");
                    Interlocked.Decrement(ref inside);
                }
            }
        }
    }

    [Fact]
    public async Task Branches_due_together_are_served_in_order_of_arrival_one_by_one()
    {
        var clock = new VirtualClock();
        using Activity a = clock.Enter();
        using Activity b = clock.Enter();
        Task first = clock.DelayAsync(s_second, None);
        Task second = clock.DelayAsync(s_second, None);
        await first;
        Assert.False(second.IsCompleted);
        a.Dispose();
        await second;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task A_delay_of_zero_gives_way_to_whoever_is_due(int seconds)
    {
        var clock = new VirtualClock();
        DateTimeOffset start = clock.GetUtcNow();
        using Activity a = clock.Enter();
        Activity b = clock.Enter();
        Task first = clock.DelayAsync(TimeSpan.FromSeconds(seconds), None);
        Assert.False(first.IsCompleted);
        b.Dispose();
        await first;
        Assert.Equal(start, clock.GetUtcNow());
    }

    [Fact]
    public async Task Cancelling_a_delay_brings_the_activity_back()
    {
        var clock = new VirtualClock();
        DateTimeOffset start = clock.GetUtcNow();
        using Activity a = clock.Enter();
        using Activity b = clock.Enter();
        using var source = new CancellationTokenSource();
        Task delay = clock.DelayAsync(s_second, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delay);
        Assert.Equal(2, clock.Active);
        Assert.Equal(0, clock.Waiting);
        Assert.Equal(start, clock.GetUtcNow());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clock.DelayAsync(s_second, source.Token));
    }

    [Fact]
    public async Task A_suspended_activity_does_not_hold_up_the_others()
    {
        var clock = new VirtualClock();
        using Activity owner = clock.Enter();
        using Activity branch = clock.Enter();
        Task delay = clock.DelayAsync(s_second, None);
        IDisposable outer = owner.Suspend();
        IDisposable inner = owner.Suspend();
        await delay;
        inner.Dispose();
        inner.Dispose();
        Assert.Equal(1, clock.Active);
        outer.Dispose();
        Assert.Equal(2, clock.Active);
    }

    [Fact]
    public void Ending_an_activity_twice_or_while_suspended_counts_once()
    {
        var clock = new VirtualClock();
        Activity activity = clock.Enter();
        IDisposable pause = activity.Suspend();
        activity.Dispose();
        activity.Dispose();
        pause.Dispose();
        Assert.Equal(0, clock.Active);
    }

    [Fact]
    public async Task A_timer_never_makes_the_clock_jump_but_fires_on_the_way_before_the_waiter()
    {
        var clock = new VirtualClock();
        DateTimeOffset start = clock.GetUtcNow();
        var log = new List<string>();
        using ITimer late = clock.CreateTimer(_ => Log("late"), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using ITimer early = clock.CreateTimer(_ => Log("early"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Assert.Equal(start, clock.GetUtcNow());
        await clock.DelayAsync(TimeSpan.FromSeconds(3), None);
        Log("waiter");
        Assert.Equal(["early@1", "early@2", "late@3", "early@3", "waiter@3"], log);

        void Log(string name) => log.Add($"{name}@{(clock.GetUtcNow() - start).TotalSeconds}");
    }

    [Fact]
    public async Task A_timeout_by_the_clock_cancels_a_longer_delay_at_its_own_time()
    {
        var clock = new VirtualClock();
        DateTimeOffset start = clock.GetUtcNow();
        using Activity activity = clock.Enter();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(90), clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clock.DelayAsync(TimeSpan.FromHours(1), timeout.Token));
        Assert.Equal(start.AddSeconds(90), clock.GetUtcNow());
        Assert.Equal(1, clock.Active);
    }

    [Fact]
    public async Task A_stopped_or_moved_timer_keeps_its_new_appointment()
    {
        var clock = new VirtualClock();
        int fired = 0;
        ITimer timer = clock.CreateTimer(_ => fired++, null, s_second, Timeout.InfiniteTimeSpan);
        Assert.True(timer.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan));
        await clock.DelayAsync(TimeSpan.FromSeconds(2), None);
        Assert.Equal(0, fired);
        await clock.DelayAsync(TimeSpan.FromSeconds(3), None);
        Assert.Equal(1, fired);
        await timer.DisposeAsync();
        Assert.False(timer.Change(s_second, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task A_timer_due_at_once_fires_before_time_moves_on()
    {
        var clock = new VirtualClock();
        DateTimeOffset start = clock.GetUtcNow();
        var fired = new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously);
        using ITimer timer = clock.CreateTimer(_ => fired.TrySetResult(clock.GetUtcNow()), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Task delay = clock.DelayAsync(s_second, None);
        Assert.Equal(start, await fired.Task);
        await delay;
    }

    [Fact]
    public async Task A_delay_of_a_stranger_outlives_the_activity_that_it_was_taken_for()
    {
        var clock = new VirtualClock();
        DateTimeOffset start = clock.GetUtcNow();
        Activity first = clock.Enter();
        Activity second = clock.Enter();
        Task stranger = clock.DelayAsync(s_second, None);
        first.Dispose();
        Assert.True(stranger.IsCompleted);
        second.Dispose();
        await stranger;
        await clock.DelayAsync(s_second, None);
        Assert.Equal(start.AddSeconds(2), clock.GetUtcNow());
        Assert.Equal(0, clock.Active);
    }

    [Fact]
    public async Task Timers_due_at_once_and_delays_never_lose_each_other()
    {
        for (int i = 0; i < 500; i++)
        {
            var clock = new VirtualClock();
            int fired = 0;
            using ITimer timer = clock.CreateTimer(_ => fired++, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            await clock.DelayAsync(s_second, None);
            Assert.Equal(1, fired);
        }
    }

    [Fact]
    public void Advancing_by_hand_fires_timers_and_refuses_to_go_back()
    {
        var clock = new VirtualClock();
        DateTimeOffset start = clock.GetUtcNow();
        var fired = new List<double>();
        using ITimer timer = clock.CreateTimer(
            _ => fired.Add((clock.GetUtcNow() - start).TotalSeconds), null, s_second, TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal([1, 3], fired);
        Assert.Equal(start.AddSeconds(4), clock.GetUtcNow());
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromTicks(-1)));
    }
}
