using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Operations;

/// <summary>Looks at something again and again until it is as wanted or the limit is over: for what Azure does behind no operation,
/// such as a script in a guest or the copy of a snapshot.</summary>
internal static class Watch
{
    private const int MostFailedLooks = 8;
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(15);

    /// <summary>Waits between looks a tenth of the time that has passed, 5 seconds at least (Azure allows 12 reads of one virtual
    /// machine a minute) and 15 at most, or as told. A look that fails for a passing reason is repeated.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="look">Reads the thing.</param>
    /// <param name="isReached">Whether it is as wanted.</param>
    /// <param name="limit">How long at most; the last look is made at its end.</param>
    /// <param name="onWait">Told the time waited so far; null: nobody.</param>
    /// <param name="longest">The longest pause; null: 15 seconds.</param>
    /// <param name="percentOf">How much of it is done, 0 to 100: then looks come at half the time that is left by that, so that the end is
    /// seen soon. Null: it does not say.</param>
    /// <param name="shortest">The shortest pause; null: 5 seconds.</param>
    /// <returns>What the last look gave, and whether it was as wanted.</returns>
    public static async Task<Watched<T>> UntilAsync<T>(Operation operation, Func<Task<T>> look, Func<T, bool> isReached, TimeSpan limit,
        Action<TimeSpan>? onWait, TimeSpan? longest = null, Func<T, double>? percentOf = null, TimeSpan? shortest = null)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        int failedLooks = 0;
        double percent = 0;
        while (true)
        {
            TimeSpan elapsed = operation.Clock.UtcNow - begin;
            try
            {
                T seen = await look().ConfigureAwait(false);
                failedLooks = 0;
                percent = percentOf?.Invoke(seen) ?? 0;
                if (isReached(seen))
                    return new Watched<T>(seen, Reached: true);
                if (elapsed >= limit)
                    return new Watched<T>(seen, Reached: false);
            }
            catch (ImageCmdletsException exception) when (ArmPoller.MayPass(exception) && ++failedLooks < MostFailedLooks)
            {
                operation.Verbose($"Could not look, trying again: {exception.Message}");
            }

            await operation.Clock.DelayAsync(NextWait(elapsed, percent, limit, shortest ?? s_shortest, longest ?? s_longest), operation.CancellationToken).ConfigureAwait(false);
            onWait?.Invoke(operation.Clock.UtcNow - begin);
        }
    }

    private static TimeSpan NextWait(TimeSpan elapsed, double percent, TimeSpan limit, TimeSpan shortest, TimeSpan longest)
    {
        TimeSpan wait = Pause(elapsed, percent, longest);
        wait = wait < shortest ? shortest : wait;
        TimeSpan left = limit - elapsed;
        return left > TimeSpan.Zero && left < wait ? left : wait;
    }

    /// <summary>How long to wait until the next look.</summary>
    /// <param name="elapsed">Since the beginning.</param>
    /// <param name="percent">How much is done, 0 to 100; 0: it does not say.</param>
    /// <param name="longest">The longest pause.</param>
    public static TimeSpan Pause(TimeSpan elapsed, double percent, TimeSpan longest)
    {
        var share = TimeSpan.FromTicks(percent > 0 ? (long)(elapsed.Ticks * (100 - percent) / percent / 2) : elapsed.Ticks / 10);
        return share < s_shortest ? s_shortest : share > longest ? longest : share;
    }
}
