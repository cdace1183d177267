namespace ImageCmdlets;

/// <summary>What is looked at before a machine is generalized.</summary>
public enum ReadinessCheckName
{
    /// <summary>Azure: the machine runs, its agent answers, nothing has failed.</summary>
    State,

    /// <summary>Azure: extensions that stop sysprep or stay in the image.</summary>
    Extension,

    /// <summary>Azure: Azure Disk Encryption.</summary>
    Encryption,

    /// <summary>Azure: what kind of image can be made of it: security type, architecture, generation, plan.</summary>
    ImageKind,

    /// <summary>Azure: kinds and sizes of disks of which no image can be made.</summary>
    Disk,

    /// <summary>Azure: locks that stop the work.</summary>
    Lock,

    /// <summary>Azure: whether the machine belongs to a scale set.</summary>
    ScaleSet,

    /// <summary>Both systems: the Azure agent.</summary>
    Agent,

    /// <summary>Windows: Appx packages of single users.</summary>
    Appx,

    /// <summary>Windows: encrypted volumes.</summary>
    BitLocker,

    /// <summary>Windows: what waits for a restart.</summary>
    PendingReboot,

    /// <summary>Windows: servicing that is under way, reserved storage.</summary>
    Servicing,

    /// <summary>Windows: membership of a domain.</summary>
    Domain,

    /// <summary>Windows: roles that sysprep does not support.</summary>
    ServerRole,

    /// <summary>Windows: Defender for Endpoint.</summary>
    Defender,

    /// <summary>Windows: an earlier sysprep that stopped half-way, and how many are left.</summary>
    Sysprep,

    /// <summary>Windows: remains of an upgrade.</summary>
    Upgrade,

    /// <summary>Windows: the boot configuration, and the partition that holds it.</summary>
    BootConfiguration,

    /// <summary>Windows: the drive from which the first boot reads its settings.</summary>
    CdRom,

    /// <summary>Windows: event logs in places that are gone.</summary>
    EventLog,

    /// <summary>Windows: the service that sysprep waits for.</summary>
    PushService,

    /// <summary>Windows: documents of the desired state configuration.</summary>
    Dsc,

    /// <summary>Windows: answer files that would steer the first boot of every copy.</summary>
    AnswerFile,

    /// <summary>Linux: cloud-init.</summary>
    CloudInit,

    /// <summary>Linux: users who stay.</summary>
    User,

    /// <summary>Linux: rights that stay.</summary>
    Sudoers,

    /// <summary>Linux: SSH keys that stay.</summary>
    SshKey,

    /// <summary>Linux: the machine's identity.</summary>
    MachineId,

    /// <summary>Linux: histories that stay.</summary>
    History,

    /// <summary>Linux: swap on the resource disk.</summary>
    Swap,

    /// <summary>Linux: file systems by the names of devices, files that cannot be changed.</summary>
    FileSystem,

    /// <summary>Linux: what the generalization is to be run with.</summary>
    Scheduler,

    /// <summary>Both systems: space on the system's disk.</summary>
    DiskSpace,
}
