namespace ImageCmdlets.Sandbox.RateLimits;

/// <summary>Calls counted since the window opened.</summary>
/// <param name="start">When it opened.</param>
/// <param name="length">How long it stays open.</param>
internal sealed class RateLimitWindow(DateTimeOffset start, TimeSpan length)
{
    public DateTimeOffset Start { get; } = start;

    public DateTimeOffset End { get; } = start + length;

    public int Used { get; set; }
}
