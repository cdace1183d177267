namespace ImageCmdlets.Engine.Generalization;

/// <summary>Which logs a system has.</summary>
internal static class GuestLogs
{
    private static readonly GeneralizeLogName[] s_windows =
    [
        GeneralizeLogName.Setupact, GeneralizeLogName.Setuperr, GeneralizeLogName.SetupPanther, GeneralizeLogName.UnattendGC, GeneralizeLogName.Waagent,
    ];

    private static readonly GeneralizeLogName[] s_linux = [GeneralizeLogName.Waagent, GeneralizeLogName.CloudInit, GeneralizeLogName.CloudInitOutput];

    /// <summary>What is read when nothing is said: on Windows all that sysprep wrote, on Linux what the agent and cloud-init did.</summary>
    public static IReadOnlyList<GeneralizeLogName> Usual(bool isWindows) =>
        isWindows ? [GeneralizeLogName.Setupact] : [GeneralizeLogName.Waagent, GeneralizeLogName.CloudInit];

    /// <summary>Whether a system can have a log.</summary>
    public static bool Has(bool isWindows, GeneralizeLogName log) => (isWindows ? s_windows : s_linux).Contains(log);
}
