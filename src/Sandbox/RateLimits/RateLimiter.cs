using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.RateLimits;

/// <summary>
/// Counts calls for the <c>x-ms-ratelimit-remaining-*</c> headers. It counts down to zero and refuses nothing: throttling is
/// brought about by a fault.
/// </summary>
internal sealed class RateLimiter(TimeProvider time)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, RateLimitWindow> _windows = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, TokenBucket> _buckets = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Headers of the front end: since 2024 a bucket of the caller and one of the whole subscription.</summary>
    public IEnumerable<KeyValuePair<string, string>> Subscription(string subscriptionId, string method)
    {
        (string name, int size, int refill) = method switch
        {
            "GET" or "HEAD" => ("reads", 250, 25),
            "DELETE" => ("deletes", 200, 10),
            _ => ("writes", 200, 10),
        };
        yield return new($"x-ms-ratelimit-remaining-subscription-{name}", Draw(subscriptionId, name, size, refill));
        yield return new(
            $"x-ms-ratelimit-remaining-subscription-global-{name}",
            Draw(subscriptionId, $"global-{name}", size * 15, refill * 15));
    }

    /// <summary>Value of <c>x-ms-ratelimit-remaining-resource</c>.</summary>
    public string Resource(RequestContext context, RateLimitPolicy policy) =>
        string.Join(",", policy.Buckets.Select(bucket => $"{policy.Namespace}/{bucket.Name};{Draw(context, bucket)}"));

    public void Clear()
    {
        _windows.Clear();
        _buckets.Clear();
    }

    private int Draw(RequestContext context, RateLimitBucket bucket)
    {
        string owner = bucket.PerResource ? context.Path.ToString() : context.SubscriptionId;
        string key = $"{bucket.Name}|{owner}";
        DateTimeOffset now = time.GetUtcNow();
        if (!_windows.TryGetValue(key, out RateLimitWindow? window) || now - window.Start >= bucket.Window)
            _windows[key] = window = new RateLimitWindow(now);
        return Math.Max(0, bucket.Limit - ++window.Used);
    }

    private string Draw(string subscriptionId, string name, int size, int refill)
    {
        string key = $"{name}|{subscriptionId}";
        DateTimeOffset now = time.GetUtcNow();
        if (!_buckets.TryGetValue(key, out TokenBucket? bucket)) _buckets[key] = bucket = new TokenBucket(now, size);
        double refilled = (now - bucket.Filled).TotalSeconds / s_tick.TotalSeconds * refill;
        bucket.Tokens = Math.Max(0, Math.Min(size, bucket.Tokens + refilled) - 1);
        bucket.Filled = now;
        return ((int)bucket.Tokens).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
