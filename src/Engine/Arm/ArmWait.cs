using Azure;

namespace ImageCmdlets.Engine.Arm;

/// <summary>How long to wait before the next request, when Azure says so and when it does not.</summary>
internal static class ArmWait
{
    /// <summary>Azure's longest throttling window; who is asked to wait longer is told so instead.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>A wait that a user should hear of.</summary>
    public static readonly TimeSpan Notable = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestUnasked = TimeSpan.FromSeconds(30);

    /// <summary>What Retry-After asks for, at least a second; null when it asks for nothing.</summary>
    public static TimeSpan? Asked(Response response) =>
        ArmErrorReader.RetryAfterOf(response) is { } asked ? asked < s_shortest ? s_shortest : asked : null;

    /// <summary>Between two looks at something that takes its time: what Azure asks for, up to the longest wait, else a tenth of the
    /// time that has passed, so that the end is seen late by at most that share.</summary>
    public static TimeSpan BetweenLooks(Response latest, TimeSpan elapsed)
    {
        if (Asked(latest) is { } asked)
            return asked > Longest ? Longest : asked;

        var share = TimeSpan.FromTicks(elapsed.Ticks / 10);
        return share < s_shortest ? s_shortest : share > s_longestUnasked ? s_longestUnasked : share;
    }
}
