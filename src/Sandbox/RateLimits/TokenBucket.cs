namespace ImageCmdlets.Sandbox.RateLimits;

/// <summary>Calls left in a bucket that fills again with time.</summary>
internal sealed class TokenBucket(DateTimeOffset filled, double tokens)
{
    public DateTimeOffset Filled { get; set; } = filled;

    public double Tokens { get; set; } = tokens;
}
