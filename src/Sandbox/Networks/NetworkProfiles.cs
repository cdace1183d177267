using ImageCmdlets.Sandbox.Operations;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>
/// How Network's operations are announced and how long they take. Virtual networks were recorded as done 10 s after the PUT
/// in 8 of 12 cases (20 s in the others, for the client polled every 10 s), public addresses after 4 s at the earliest, a
/// subnet's update within the second. Security groups and deletions were not recorded: their durations are assumptions.
/// </summary>
internal static class NetworkProfiles
{
    public static OperationProfile PutVirtualNetwork { get; } = Put(10);

    public static OperationProfile PutSubnet { get; } = Put(0.5);

    public static OperationProfile PutPublicIPAddress { get; } = Put(4);

    public static OperationProfile PutSecurityGroup { get; } = Put(4);

    public static OperationProfile PutSecurityRule { get; } = Put(1);

    /// <summary>An interface is Succeeded in the very answer to its PUT, which has no Retry-After (14 of 14).</summary>
    public static OperationProfile PutInterface { get; } = Make(0);

    /// <summary>A load balancer is made as an interface is.</summary>
    public static OperationProfile PutLoadBalancer { get; } = Make(0);

    public static OperationProfile Delete { get; } = Make(5) with
    {
        LocationHeader = true,
        LocationSegment = "operationResults",
        RetryAfter = 10,
    };

    private static OperationProfile Put(double seconds) =>
        Make(seconds) with { RetryAfter = 3, PollRetryAfter = 10, Notifies = true };

    private static OperationProfile Make(double seconds) =>
        new(NetworkTypes.Namespace, "operations", TimeSpan.FromSeconds(seconds));
}
