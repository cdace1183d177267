namespace ImageCmdlets.Engine.Readiness;

/// <summary>How long each wait may last: a machine that does not answer costs minutes, never the whole limit of the command.</summary>
internal static class ReadinessLimits
{
    /// <summary>What Azure is told. The scripts only read; asking Windows for its packages and roles takes the longest.</summary>
    public static readonly TimeSpan Script = TimeSpan.FromMinutes(8);

    /// <summary>All of one machine: settling, the agent, the script, its removal; with fixes twice and more.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);
}
