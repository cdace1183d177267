namespace ImageCmdlets.Engine.ImageTests;

/// <summary>How long each wait of a test may last.</summary>
internal static class ImageTestLimits
{
    /// <summary>For the script that tells who a machine is.</summary>
    public static readonly TimeSpan Identity = TimeSpan.FromMinutes(8);

    /// <summary>For each script of the user's.</summary>
    public static readonly TimeSpan Script = TimeSpan.FromMinutes(60);

    /// <summary>All of one image: Azure itself gives a machine up to 40 minutes to come up, then the scripts, then the removal.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>How much longer than its limit a test is taken to be running: the removal of the group may have begun late.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);
}
