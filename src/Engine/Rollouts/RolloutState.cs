namespace ImageCmdlets.Engine.Rollouts;

/// <summary>The words for what became of something.</summary>
internal static class RolloutState
{
    public const string Planned = "Planned";
    public const string Excluded = "Excluded";
    public const string Repointed = "Repointed";
    public const string Updated = "Updated";
    public const string Removed = "Removed";
    public const string Unhealthy = "Unhealthy";
    public const string Pending = "Pending";
    public const string Protected = "Protected";
    public const string Skipped = "Skipped";
    public const string Failed = "Failed";
    public const string Follows = "FollowsLatest";
    public const string Pinned = "PointsAtBadVersion";
    public const string Runs = "RunsBadVersion";
    public const string Made = "MadeOfBadVersion";
}
