namespace ImageCmdlets;

/// <summary>What can be wrong inside a sandbox's machine.</summary>
public enum SandboxGuestFaultKind
{
    /// <summary>An Appx package of one user stops sysprep (0x80073cf2); the detail is its full name.</summary>
    AppxPackage,

    /// <summary>The agent dies during the next run command; the detail is after how many seconds.</summary>
    AgentDies,

    /// <summary>The system volume is encrypted (0x80310039).</summary>
    BitLocker,

    /// <summary>Servicing holds reserved storage (0x800F0975), until a restart.</summary>
    ReservedStorage,

    /// <summary>TrustedInstaller is busy (0x80080005), until a restart.</summary>
    ServicingBusy,

    /// <summary>Servicing waits for a restart; sysprep only warns, and stops.</summary>
    PendingReboot,

    /// <summary>An earlier run of sysprep stopped half-way (0x8007001f).</summary>
    HalfGeneralized,

    /// <summary>No runs of sysprep are left (0xC004D307).</summary>
    RearmExhausted,

    /// <summary>Defender for Endpoint protects itself; sysprep fails half-way.</summary>
    DefenderOnboarded,

    /// <summary>Files of the desired state configuration are missing; sysprep fails half-way.</summary>
    DscConfiguration,

    /// <summary>The boot configuration cannot be found; sysprep fails half-way.</summary>
    BootConfiguration,

    /// <summary>Remains of an upgrade; sysprep fails half-way.</summary>
    UpgradeRemains,

    /// <summary>Event logs were moved to a place that is gone; sysprep fails half-way.</summary>
    EventLogPath,

    /// <summary>Sysprep never ends, and its log says nothing.</summary>
    SysprepHangs,

    /// <summary>The system ignores its own shutdowns.</summary>
    NeverStops,

    /// <summary>Windows belongs to a domain; the detail is its name.</summary>
    DomainJoined,

    /// <summary>A role of Windows Server is installed; the detail is its name, such as <c>DHCP</c>.</summary>
    ServerRole,

    /// <summary>The CD drive from which a first boot reads its settings is disabled.</summary>
    CdRomDisabled,

    /// <summary>There is an answer file at the root of the system drive.</summary>
    AnswerFile,

    /// <summary>A sysprep that stopped left the coordinator of distributed transactions marked.</summary>
    DtcState,

    /// <summary>The system's disk is nearly full; the detail is what is left, in MiB.</summary>
    DiskFull,

    /// <summary>Linux has another user with a key, a history and the right to become root; the detail is the name.</summary>
    ExtraUser,

    /// <summary>Linux swaps to the resource disk.</summary>
    ResourceDiskSwap,

    /// <summary>Linux mounts a data disk by the name of its device.</summary>
    DeviceName,

    /// <summary>The Linux agent does not know any more which user Azure made.</summary>
    OvfEnvMissing,

    /// <summary>The Linux agent is too old; the detail is its version.</summary>
    AgentOutdated,

    /// <summary>cloud-init has failed.</summary>
    CloudInitFailed,

    /// <summary>A file of Linux cannot be changed; the detail is its path.</summary>
    ImmutableFile,

    /// <summary>cloud-init cannot clean up after itself.</summary>
    CloudInitBusy,

    /// <summary>The agent's deprovisioning ends with an error before it has removed anything.</summary>
    DeprovisionFails,

    /// <summary>The application answers its health probe with an error; the detail is a pattern of the image that brings it.</summary>
    Unhealthy,
}
