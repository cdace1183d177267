namespace ImageCmdlets.Sandbox.Guest;

/// <summary>Where Windows keeps what generalizing is about.</summary>
internal static class WindowsPaths
{
    public const string SetupState = @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Setup\State";
    public const string SysprepStatus = @"HKLM\SYSTEM\Setup\Status\SysprepStatus";
    public const string ComputerName = @"HKLM\SYSTEM\CurrentControlSet\Control\ComputerName\ActiveComputerName";
    public const string MachineSid = @"HKLM\SECURITY\Policy\PolAcDmS";
    public const string Activation = @"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform";
    public const string CurrentVersion = @"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion";
    public const string Services = @"HKLM\SYSTEM\CurrentControlSet\Services";
    public const string LocalUsers = @"HKLM\SAM\SAM\Domains\Account\Users\Names";
    public const string EventLogs = Services + @"\EventLog";
    public const string SessionManager = @"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager";
    public const string ServicingReboot = @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending";
    public const string ServicingSessions =
        @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\SessionsPending";

    public const string ReserveManager = @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\ReserveManager";
    public const string DefenderStatus = @"HKLM\SOFTWARE\Microsoft\Windows Advanced Threat Protection\Status";
    public const string Upgrade = @"HKLM\SYSTEM\Setup\Upgrade";
    public const string Msdtc = @"HKLM\SOFTWARE\Microsoft\MSDTC";
    public const string DscDocuments = @"C:\Windows\System32\Configuration";
    public const string LogFiles = @"C:\Windows\System32\winevt\Logs";
    public const string TcpIp = @"HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters";

    /// <summary>Below it one key a user's SID, and below that one key a package that the user has.</summary>
    public const string AppxUsers = @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\Users";

    /// <summary>Below it one key a package that every new user gets.</summary>
    public const string AppxProvisioned = @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\Applications";

    public const string Sysprep = @"C:\Windows\System32\Sysprep";
    public const string SysprepExe = Sysprep + @"\sysprep.exe";
    public const string SucceededTag = Sysprep + @"\Sysprep_succeeded.tag";
    public const string SetupAct = Sysprep + @"\Panther\setupact.log";
    public const string SetupErr = Sysprep + @"\Panther\setuperr.log";
    public const string SysprepUnattend = Sysprep + @"\unattend.xml";
    public const string Panther = @"C:\Windows\Panther";
    public const string AgentLog = @"C:\WindowsAzure\Logs\WaAppAgent.log";

    public const string Complete = "IMAGE_STATE_COMPLETE";
    public const string Undeployable = "IMAGE_STATE_UNDEPLOYABLE";
    public const string GeneralizedToOobe = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";
    public const string GeneralizedToAudit = "IMAGE_STATE_GENERALIZE_RESEAL_TO_AUDIT";
    public const string SpecializedToOobe = "IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE";

    /// <summary>The image states from which a first boot sets the machine up anew.</summary>
    public static readonly HashSet<string?> ResealedStates = [GeneralizedToOobe];
}
