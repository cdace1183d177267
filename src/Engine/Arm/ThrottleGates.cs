using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Arm;

/// <summary>Holds back what would be refused: a wait that Azure has asked of one request holds for all that draw on the same bucket.</summary>
/// <remarks>Azure counts by subscription and bucket, and tells the buckets of each request in <c>x-ms-ratelimit-remaining-resource</c>
/// ("Troubleshooting API throttling errors"). Where it does not, requests are taken together by method and resource type. What only one
/// resource has used up holds back requests about that one.</remarks>
internal sealed class ThrottleGates(SessionClock clock, int seed)
{
    private const string PerResource = "Resource";
    private static readonly TimeSpan s_spread = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _closed = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string[]> _buckets = new(StringComparer.OrdinalIgnoreCase);
    private readonly Random _jitter = new(seed);

    /// <summary>Waits as long as one of the request's buckets is known to be empty. Who waits here comes a little later than the one that was
    /// asked to wait, each at another moment.</summary>
    public async Task PassAsync(Request request, CancellationToken cancellationToken)
    {
        if (_closed.IsEmpty)
            return;

        while (ClosedUntil(request) is { } until)
            await clock.DelayAsync(until - clock.UtcNow + Jitter(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Learns from an answer which buckets requests of its kind draw on.</summary>
    public void Learn(Request request, Response response)
    {
        string kind = KindOf(request);
        if (!_buckets.ContainsKey(kind) && BucketsOf(response).Select(bucket => bucket.Name).Where(name => !IsPerResource(name)).ToArray() is { Length: > 0 } names)
            _buckets.TryAdd(kind, names);
    }

    /// <summary>Azure has asked to wait.</summary>
    /// <param name="request">The request it has refused.</param>
    /// <param name="response">Its answer.</param>
    /// <param name="wait">How long.</param>
    public void Close(Request request, Response response, TimeSpan wait)
    {
        DateTimeOffset until = clock.UtcNow + wait;
        string[] empty = [.. BucketsOf(response).Where(bucket => bucket.Left == 0).Select(bucket => bucket.Name)];
        foreach (string name in empty)
            Close(IsPerResource(name) ? KeyOfOne(request) : KeyOf(request, name), until);
        if (empty.Length == 0)
            Close(KindOf(request), until);
    }

    private void Close(string key, DateTimeOffset until) => _closed.AddOrUpdate(key, until, (_, known) => known > until ? known : until);

    private DateTimeOffset? ClosedUntil(Request request)
    {
        string kind = KindOf(request);
        IEnumerable<string> keys = _buckets.TryGetValue(kind, out string[]? names) ? names.Select(name => KeyOf(request, name)) : [];
        DateTimeOffset now = clock.UtcNow;
        DateTimeOffset? latest = null;
        foreach (string key in keys.Append(kind).Append(KeyOfOne(request)))
        {
            if (!_closed.TryGetValue(key, out DateTimeOffset until))
                continue;
            if (until <= now)
                _closed.TryRemove(key, out _);
            else if (latest is null || until > latest)
                latest = until;
        }

        return latest;
    }

    private TimeSpan Jitter()
    {
        lock (_jitter)
            return TimeSpan.FromTicks((long)(_jitter.NextDouble() * s_spread.Ticks));
    }

    // Microsoft.Compute/HighCostGet3Min;46,Microsoft.Compute/HighCostGet30Min;0
    private static IEnumerable<(string Name, int Left)> BucketsOf(Response response)
    {
        if (!response.Headers.TryGetValue("x-ms-ratelimit-remaining-resource", out string? header))
            yield break;

        foreach (string bucket in header!.Split(','))
        {
            string[] parts = bucket.Split(';');
            if (parts.Length == 2 && int.TryParse(parts[1], out int left))
                yield return (parts[0].Trim(), left);
        }
    }

    private static bool IsPerResource(string bucket) => bucket.EndsWith(PerResource, StringComparison.OrdinalIgnoreCase);

    private static string KeyOf(Request request, string bucket) => $"{SubscriptionOf(request)} {bucket}";

    private static string KeyOfOne(Request request) => request.Method + " " + request.Uri.Path;

    private static string SubscriptionOf(Request request) => request.Uri.Path.Trim('/').Split('/') is { Length: > 1 } parts ? parts[1] : string.Empty;

    // The path without names: GET {subscription} Microsoft.Compute/snapshots, and with a name behind it 'one'.
    private static string KindOf(Request request)
    {
        string[] parts = request.Uri.Path.Trim('/').Split('/');
        int providers = Array.FindLastIndex(parts, part => part.Equals("providers", StringComparison.OrdinalIgnoreCase));
        if (providers < 0)
            return $"{request.Method} {request.Uri.Host} {string.Join("/", parts.Where((_, i) => i % 2 == 0))}";

        string[] rest = [.. parts.Skip(providers + 1)];
        string types = string.Join("/", rest.Where((_, i) => i == 0 || i % 2 == 1));
        return $"{request.Method} {SubscriptionOf(request)} {types} {(rest.Length % 2 == 1 ? "one" : "all")}";
    }
}
