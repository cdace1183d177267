namespace ImageCmdlets.Sandbox;

/// <summary>The ways in which a guest can refuse to be generalized, to answer or to stop.</summary>
public enum GuestFaultKind
{
    /// <summary>
    /// An Appx package is installed for one user only, so that sysprep stops with 0x80073cf2 before it changes anything. The
    /// detail is the package's full name. Removing the package mends it.
    /// </summary>
    AppxPackage,

    /// <summary>
    /// The guest agent dies during the next run command: the script goes on, its result is never reported. The detail is the
    /// number of seconds after the start; 0 when absent. A restart of the machine mends it.
    /// </summary>
    AgentDies,

    /// <summary>The system volume is encrypted: sysprep stops with 0x80310039 before it changes anything.</summary>
    BitLocker,

    /// <summary>Servicing holds reserved storage: sysprep stops with 0x800F0975 before it changes anything. A restart mends it.</summary>
    ReservedStorage,

    /// <summary>TrustedInstaller is busy: sysprep stops with 0x80080005 before it changes anything. A restart mends it.</summary>
    ServicingBusy,

    /// <summary>Servicing waits for a restart: sysprep stops with a warning, not an error. A restart mends it.</summary>
    PendingReboot,

    /// <summary>An earlier run of sysprep stopped half-way: no later one starts until the recorded state is reset.</summary>
    HalfGeneralized,

    /// <summary>All runs of sysprep that the licence allows are used up: 0xC004D307.</summary>
    RearmExhausted,

    /// <summary>Defender for Endpoint protects itself: sysprep fails half-way with access denied.</summary>
    DefenderOnboarded,

    /// <summary>Files of the desired state configuration are missing: sysprep fails half-way with 0x2.</summary>
    DscConfiguration,

    /// <summary>The boot configuration cannot be found: sysprep fails half-way with code 2.</summary>
    BootConfiguration,

    /// <summary>Remains of an upgrade: sysprep fails half-way with 0x80070003.</summary>
    UpgradeRemains,

    /// <summary>Event logs were moved to a place that is gone: sysprep fails half-way with 0x80070003.</summary>
    EventLogPath,

    /// <summary>A service that sysprep waits for is disabled: it never ends, and its log says nothing.</summary>
    SysprepHangs,

    /// <summary>The system ignores its own shutdowns and restarts. Azure can still switch it off.</summary>
    NeverStops,

    /// <summary>Windows belongs to a domain. The detail is its name.</summary>
    DomainJoined,

    /// <summary>A role of Windows Server is installed. The detail is its name, as <c>Get-WindowsFeature</c> knows it.</summary>
    ServerRole,

    /// <summary>The driver of the CD drive is disabled, so that a first boot could not read its settings.</summary>
    CdRomDisabled,

    /// <summary>Somebody left an answer file at the root of the system drive.</summary>
    AnswerFile,

    /// <summary>A sysprep that stopped left the coordinator of distributed transactions marked.</summary>
    DtcState,

    /// <summary>The system's disk is nearly full. The detail is what is left, in MiB; 50 when absent.</summary>
    DiskFull,

    /// <summary>Linux has another user with a key, a history and the right to become root. The detail is the name.</summary>
    ExtraUser,

    /// <summary>Linux swaps to the resource disk, by <c>/etc/fstab</c>.</summary>
    ResourceDiskSwap,

    /// <summary>Linux mounts a data disk by the name of its device.</summary>
    DeviceName,

    /// <summary>The agent's copy of the provisioning settings is gone: it does not know any more which user Azure made.</summary>
    OvfEnvMissing,

    /// <summary>The Linux agent is too old. The detail is its version; 2.2.45 when absent.</summary>
    AgentOutdated,

    /// <summary>cloud-init says that it has failed.</summary>
    CloudInitFailed,

    /// <summary>A file of Linux has the attribute that forbids changes: <c>rm</c> fails on it. The detail is its path; <c>/etc/hostname</c> when absent.</summary>
    ImmutableFile,

    /// <summary>cloud-init cannot clean up after itself: something keeps its files busy.</summary>
    CloudInitBusy,

    /// <summary>The agent's deprovisioning ends with an error of Python's before it has removed anything.</summary>
    DeprovisionFails,

    /// <summary>
    /// The application answers its health probe with an error. The detail is a pattern of the image (its id, or
    /// <c>publisher:offer:sku:version</c>) that brings the defect; any image when absent.
    /// </summary>
    Unhealthy,
}
