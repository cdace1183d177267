namespace ImageCmdlets.Sandbox.RateLimits;

/// <summary>Calls counted since the window opened.</summary>
internal sealed class RateLimitWindow(DateTimeOffset start)
{
    public DateTimeOffset Start { get; } = start;

    public int Used { get; set; }
}
