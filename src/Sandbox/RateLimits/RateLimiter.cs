using System.Globalization;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.RateLimits;

/// <summary>
/// Counts calls for the <c>x-ms-ratelimit-remaining-*</c> headers: the front end's in token buckets that fill again every second,
/// the providers' in windows. Where limits are enforced, what exceeds them is refused; else they are counted down to zero only.
/// </summary>
internal sealed class RateLimiter(TimeProvider time)
{
    // The whole subscription has this many times the share of one caller.
    private const int Callers = 15;

    // Machines have windows of their own: the closed ones are thrown away when there are many.
    private const int ManyWindows = 10_000;

    private readonly Dictionary<string, RateLimitWindow> _windows = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, TokenBucket> _buckets = new(StringComparer.OrdinalIgnoreCase);

    private int _tidyAt = ManyWindows;

    /// <summary>Whether calls beyond a limit are refused.</summary>
    public bool Enforced { get; set; }

    /// <summary>Draws from the front end's buckets.</summary>
    /// <exception cref="ArmException">429 SubscriptionRequestsThrottled.</exception>
    public void AdmitFront(string subscriptionId, string method)
    {
        FrontLimit limit = FrontLimit.Of(method);
        TokenBucket own = Bucket(subscriptionId, limit.Name, limit.Size, limit.Refill);
        TokenBucket all = Bucket(subscriptionId, $"global-{limit.Name}", limit.Size * Callers, limit.Refill * Callers);
        if (Enforced)
        {
            double missing = Math.Max((1 - own.Tokens) / limit.Refill, (1 - all.Tokens) / (limit.Refill * Callers));
            if (missing > 0) throw RateLimitErrors.Subscription(subscriptionId, limit.Word, Seconds(TimeSpan.FromSeconds(missing)));
        }

        own.Tokens = Math.Max(0, own.Tokens - 1);
        all.Tokens = Math.Max(0, all.Tokens - 1);
    }

    /// <summary>Draws from a provider's buckets. A call that is refused counts too: Azure tells the measured number.</summary>
    /// <exception cref="ArmException">429 OperationNotAllowed.</exception>
    public void Admit(RequestContext context, RateLimitPolicy policy)
    {
        foreach (RateLimitBucket bucket in policy.Buckets) Window(context, bucket).Used++;
        if (!Enforced) return;
        foreach (RateLimitBucket bucket in policy.Buckets)
        {
            RateLimitWindow window = Window(context, bucket);
            if (window.Used <= bucket.Limit) continue;
            int seconds = Seconds(window.Start + bucket.Window - time.GetUtcNow());
            throw RateLimitErrors.Provider(bucket, window, seconds);
        }
    }

    /// <summary>Headers of the front end: since 2024 a bucket of the caller and one of the whole subscription.</summary>
    public IEnumerable<KeyValuePair<string, string>> Subscription(string subscriptionId, string method)
    {
        FrontLimit limit = FrontLimit.Of(method);
        yield return new($"x-ms-ratelimit-remaining-subscription-{limit.Name}", Left(subscriptionId, limit.Name, limit.Size, limit.Refill));
        yield return new(
            $"x-ms-ratelimit-remaining-subscription-global-{limit.Name}",
            Left(subscriptionId, $"global-{limit.Name}", limit.Size * Callers, limit.Refill * Callers));
    }

    /// <summary>Value of <c>x-ms-ratelimit-remaining-resource</c>.</summary>
    public string Resource(RequestContext context, RateLimitPolicy policy) => string.Join(
        ",", policy.Buckets.Select(bucket => $"{policy.Namespace}/{bucket.Name};{Math.Max(0, bucket.Limit - Window(context, bucket).Used)}"));

    public void Clear()
    {
        _windows.Clear();
        _buckets.Clear();
    }

    /// <summary>Draws from a bucket of somebody's own, for a provider that refuses in its own way.</summary>
    public RateLimitWindow Count(RateLimitBucket bucket, string owner)
    {
        RateLimitWindow window = Window(bucket, owner);
        window.Used++;
        return window;
    }

    // A machine's own bucket serves all its operations, the path of which ends in the operation's name.
    private RateLimitWindow Window(RequestContext context, RateLimitBucket bucket) =>
        Window(bucket, bucket.PerResource ? context.Target?.ToString() ?? context.Path.ToString() : context.SubscriptionId);

    private RateLimitWindow Window(RateLimitBucket bucket, string owner)
    {
        string key = $"{bucket.Name}|{owner}";
        DateTimeOffset now = time.GetUtcNow();
        if (_windows.TryGetValue(key, out RateLimitWindow? window) && now < window.End) return window;
        if (_windows.Count >= _tidyAt) Tidy(now);
        return _windows[key] = new RateLimitWindow(now, bucket.Window);
    }

    private void Tidy(DateTimeOffset now)
    {
        foreach (string closed in _windows.Where(pair => pair.Value.End <= now).Select(static pair => pair.Key).ToArray()) _windows.Remove(closed);
        _tidyAt = Math.Max(ManyWindows, _windows.Count * 2);
    }

    private TokenBucket Bucket(string subscriptionId, string name, int size, int refill)
    {
        string key = $"{name}|{subscriptionId}";
        DateTimeOffset now = time.GetUtcNow();
        if (!_buckets.TryGetValue(key, out TokenBucket? bucket)) _buckets[key] = bucket = new TokenBucket(now, size);
        bucket.Tokens = Math.Min(size, bucket.Tokens + ((now - bucket.Filled).TotalSeconds * refill));
        bucket.Filled = now;
        return bucket;
    }

    private string Left(string subscriptionId, string name, int size, int refill) =>
        ((int)Bucket(subscriptionId, name, size, refill).Tokens).ToString(CultureInfo.InvariantCulture);

    private static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
