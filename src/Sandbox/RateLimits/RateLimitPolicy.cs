namespace ImageCmdlets.Sandbox.RateLimits;

/// <summary>The buckets that an operation draws from, all reported in one header.</summary>
internal sealed record RateLimitPolicy(string Namespace, IReadOnlyList<RateLimitBucket> Buckets)
{
    /// <summary>The pair of disks, galleries and marketplace lists, until 2023 of all of Compute.</summary>
    public static RateLimitPolicy Windows(string name, int threeMinutes, int thirtyMinutes) => new(
        "Microsoft.Compute",
        [
            new RateLimitBucket($"{name}3Min", threeMinutes, TimeSpan.FromMinutes(3)),
            new RateLimitBucket($"{name}30Min", thirtyMinutes, TimeSpan.FromMinutes(30)),
        ]);

    /// <summary>The buckets of VMs, scale sets and images since 2024; images have none for a single resource.</summary>
    public static RateLimitPolicy Subscription(string name, int subscription, int? resource = null)
    {
        TimeSpan window = TimeSpan.FromMinutes(1);
        var buckets = new List<RateLimitBucket> { new($"{name}SubscriptionMaximum", subscription, window) };
        if (resource is { } limit) buckets.Add(new RateLimitBucket($"{name}Resource", limit, window, PerResource: true));
        return new RateLimitPolicy("Microsoft.Compute", buckets);
    }
}
