namespace ImageCmdlets.Sandbox.RateLimits;

/// <summary>Buckets of Microsoft.Compute with the limits that the recordings of 2023 and 2024 show.</summary>
internal static class ComputeRateLimits
{
    public static RateLimitPolicy PutVM { get; } = RateLimitPolicy.Subscription("PutVM", 1500, 12);

    /// <summary>PATCH, generalize, capture, powerOff, start, restart, redeploy, runCommand.</summary>
    public static RateLimitPolicy UpdateVM { get; } = RateLimitPolicy.Subscription("UpdateVM", 1500, 12);

    /// <summary>Deallocate too.</summary>
    public static RateLimitPolicy DeleteVM { get; } = RateLimitPolicy.Subscription("DeleteVM", 1500, 12);

    public static RateLimitPolicy GetVM { get; } = RateLimitPolicy.Subscription("LowCostGet", 24000, 36);

    public static RateLimitPolicy ListVMs { get; } = RateLimitPolicy.Subscription("HighCostGet", 900);

    public static RateLimitPolicy GetOperation { get; } = new(
        "Microsoft.Compute",
        [
            new RateLimitBucket("GetOperationResource", 45, TimeSpan.FromMinutes(1), PerResource: true),
            new RateLimitBucket("GetOperationSubscriptionMaximum", 15000, TimeSpan.FromMinutes(1)),
        ]);

    public static RateLimitPolicy CreateImages { get; } = RateLimitPolicy.Subscription("CreateImages", 60);

    public static RateLimitPolicy GetImages { get; } = RateLimitPolicy.Subscription("GetImages", 360);

    public static RateLimitPolicy ListImages { get; } = RateLimitPolicy.Subscription("HighCostGetImages", 80);

    public static RateLimitPolicy DeleteImages { get; } = RateLimitPolicy.Subscription("DeleteImages", 120);

    public static RateLimitPolicy CreateUpdateDisks { get; } = RateLimitPolicy.Windows("CreateUpdateDisks", 3000, 25000);

    /// <summary>Writes of disk encryption sets.</summary>
    public static RateLimitPolicy DiskEncryptionSets { get; } = RateLimitPolicy.Windows("HighCostDiskEncryptionSet", 100, 300);

    public static RateLimitPolicy DeleteDisks { get; } = RateLimitPolicy.Windows("DeleteDisks", 1000, 4000);

    public static RateLimitPolicy GetDisk { get; } = RateLimitPolicy.Windows("LowCostGet", 15000, 120000);

    public static RateLimitPolicy ListDisks { get; } = RateLimitPolicy.Windows("HighCostGet", 240, 1920);

    public static RateLimitPolicy HydrateDisk { get; } = RateLimitPolicy.Windows("HighCostDiskHydrate", 1000, 8000);

    /// <summary>PUT of a snapshot and its access.</summary>
    public static RateLimitPolicy CreateSnapshot { get; } =
        RateLimitPolicy.Windows("HighCostSnapshotCreateHydrate", 1000, 8000);

    public static RateLimitPolicy GetDiskOperation { get; } = RateLimitPolicy.Windows("GetOperation", 50000, 400000);

    public static RateLimitPolicy GetGalleryOperation { get; } = RateLimitPolicy.Windows("GetOperationStatus", 5000, 15000);
}
