namespace ImageCmdlets.Sandbox.Operations;

/// <summary>How a provider announces a long-running operation, and how long it takes.</summary>
/// <param name="Namespace">Provider that answers for the operation.</param>
/// <param name="Segment">Path segment of its address: <c>operations</c>, <c>DiskOperations</c>, <c>capsOperations</c>.</param>
/// <param name="Duration">Median of the recordings.</param>
internal sealed record OperationProfile(string Namespace, string Segment, TimeSpan Duration)
{
    /// <summary>Whether the answer carries <c>Azure-AsyncOperation</c>.</summary>
    public bool AsyncHeader { get; init; } = true;

    /// <summary>Whether the answer carries <c>Location</c>.</summary>
    public bool LocationHeader { get; init; }

    /// <summary>
    /// Segment of the <c>Location</c> address where that is not the operation's own with <c>monitor=true</c>: Network's
    /// <c>operationResults</c>.
    /// </summary>
    public string? LocationSegment { get; init; }

    /// <summary>Seconds of <c>Retry-After</c> on the first answer and on polls of a running operation.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Seconds of <c>Retry-After</c> on polls where they differ: Network says 3 first and 10 later.</summary>
    public int? PollRetryAfter { get; init; }

    /// <summary>
    /// Seconds of <c>Retry-After</c> on polls that come right after the start; later polls have none. Machines (recorded nine
    /// times in 2018, ten seconds after the start): 70 for one that is made, 30 for one that goes, 36 for one that is deallocated.
    /// </summary>
    public int? EarlyRetryAfter { get; init; }

    /// <summary>First api-version that tells clients how long to wait; null when all do.</summary>
    public string? RetryAfterSince { get; init; }

    /// <summary>Name of the asynchronous notification header's value, on Compute's VM and image operations since 2023.</summary>
    public bool Notifies { get; init; }

    /// <summary>Whether a request's api-version tells clients how long to wait.</summary>
    public bool TellsWait(string apiVersion) =>
        RetryAfterSince is null || string.CompareOrdinal(apiVersion, RetryAfterSince) >= 0;
}
