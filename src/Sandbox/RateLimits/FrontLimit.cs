namespace ImageCmdlets.Sandbox.RateLimits;

/// <summary>A token bucket of ARM's front end, as published in 2024 for a subscription and a caller.</summary>
/// <param name="Name">As the header names it.</param>
/// <param name="Word">As the error text names it.</param>
/// <param name="Size">Calls that a full bucket holds.</param>
/// <param name="Refill">Calls that come back each second.</param>
internal sealed record FrontLimit(string Name, string Word, int Size, int Refill)
{
    private static readonly FrontLimit s_reads = new("reads", "read", 250, 25);
    private static readonly FrontLimit s_deletes = new("deletes", "delete", 200, 10);
    private static readonly FrontLimit s_writes = new("writes", "write", 200, 10);

    /// <summary>The bucket that a method draws from.</summary>
    public static FrontLimit Of(string method) => method switch
    {
        "GET" or "HEAD" => s_reads,
        "DELETE" => s_deletes,
        _ => s_writes,
    };
}
