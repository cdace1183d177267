using ImageCmdlets.Engine.Generalization;

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
        ReadinessCheckName.BootConfiguration, ReadinessCheckName.CdRom, ReadinessCheckName.EventLog, ReadinessCheckName.PushService, ReadinessCheckName.Dsc, ReadinessCheckName.AnswerFile,
        ReadinessCheckName.DiskSpace,
    ];

    private static readonly ReadinessCheckName[] s_linux =
    [
        ReadinessCheckName.Agent, ReadinessCheckName.CloudInit, ReadinessCheckName.User, ReadinessCheckName.Sudoers, ReadinessCheckName.SshKey,
        ReadinessCheckName.MachineId, ReadinessCheckName.History, ReadinessCheckName.Swap, ReadinessCheckName.FileSystem, ReadinessCheckName.Scheduler,
        ReadinessCheckName.DiskSpace,
    ];

    private static readonly HashSet<ReadinessCheckName> s_warning =
    [
        ReadinessCheckName.ImageKind, ReadinessCheckName.ScaleSet, ReadinessCheckName.Domain, ReadinessCheckName.AnswerFile, ReadinessCheckName.User,
        ReadinessCheckName.Sudoers, ReadinessCheckName.SshKey, ReadinessCheckName.MachineId, ReadinessCheckName.History, ReadinessCheckName.Swap,
    ];

    /// <summary>What Azure knows without asking the guest.</summary>
    public static IReadOnlyList<ReadinessCheckName> Azure => s_azure;

    /// <summary>What only the guest knows.</summary>
    public static IReadOnlyList<ReadinessCheckName> Guest(bool isWindows) => isWindows ? s_windows : s_linux;

    /// <summary>Whether a check can find an error; the others find warnings and facts only.</summary>
    public static bool CanFail(ReadinessCheckName check) => !s_warning.Contains(check);

    /// <summary>Refuses checks that a system does not have: leaving them out silently would look as if they had been made.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument.</exception>
    public static void RequireFit(IEnumerable<ReadinessCheckName> wanted, Machine machine)
    {
        ReadinessCheckName[] fitting = [.. s_azure, .. Guest(machine.IsWindows)];
        ReadinessCheckName[] others = [.. wanted.Except(fitting)];
        if (others.Length == 0)
            return;

        string system = machine.IsWindows ? "Windows" : "Linux";
        throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"'{machine.VM.Name}' runs {system}, for which there is no check {string.Join(", ", others)}.",
            machine.Id, $"Pass some of the checks for {system}: {string.Join(", ", fitting)}.");
    }
}
