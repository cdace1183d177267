namespace ImageCmdlets.Engine.Readiness;

/// <summary>Which checks there are, and where each is made.</summary>
internal static class ReadinessChecks
{
    private static readonly ReadinessCheckName[] s_azure =
    [
        ReadinessCheckName.State, ReadinessCheckName.Extension, ReadinessCheckName.Encryption, ReadinessCheckName.ImageKind, ReadinessCheckName.Disk,
        ReadinessCheckName.Lock, ReadinessCheckName.ScaleSet,
    ];

    private static readonly ReadinessCheckName[] s_windows =
    [
        ReadinessCheckName.Agent, ReadinessCheckName.Appx, ReadinessCheckName.BitLocker, ReadinessCheckName.PendingReboot, ReadinessCheckName.Servicing,
        ReadinessCheckName.Domain, ReadinessCheckName.ServerRole, ReadinessCheckName.Defender, ReadinessCheckName.Sysprep, ReadinessCheckName.Upgrade,
        ReadinessCheckName.CdRom, ReadinessCheckName.EventLog, ReadinessCheckName.PushService, ReadinessCheckName.Dsc, ReadinessCheckName.AnswerFile,
        ReadinessCheckName.DiskSpace,
    ];

    private static readonly ReadinessCheckName[] s_linux =
    [
        ReadinessCheckName.Agent, ReadinessCheckName.CloudInit, ReadinessCheckName.User, ReadinessCheckName.Sudoers, ReadinessCheckName.SshKey,
        ReadinessCheckName.MachineId, ReadinessCheckName.History, ReadinessCheckName.Swap, ReadinessCheckName.FileSystem, ReadinessCheckName.Scheduler,
        ReadinessCheckName.DiskSpace,
    ];

    /// <summary>What Azure knows without asking the guest.</summary>
    public static IReadOnlyList<ReadinessCheckName> Azure => s_azure;

    /// <summary>What only the guest knows.</summary>
    public static IReadOnlyList<ReadinessCheckName> Guest(bool isWindows) => isWindows ? s_windows : s_linux;
}
