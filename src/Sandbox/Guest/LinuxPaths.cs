namespace ImageCmdlets.Sandbox.Guest;

/// <summary>Where Linux keeps what deprovisioning is about, seen with the real packages.</summary>
internal static class LinuxPaths
{
    public const string Agent = "/var/lib/waagent";
    public const string Provisioned = Agent + "/provisioned";
    public const string OvfEnv = Agent + "/ovf-env.xml";
    public const string AgentLog = "/var/log/waagent.log";
    public const string ExtensionLogs = "/var/log/azure";
    public const string Cloud = "/var/lib/cloud";
    public const string CloudInitLog = "/var/log/cloud-init.log";
    public const string CloudInitOutput = "/var/log/cloud-init-output.log";
    public const string MachineId = "/etc/machine-id";
    public const string HostName = "/etc/hostname";
    public const string Passwd = "/etc/passwd";
    public const string Shadow = "/etc/shadow";
    public const string Ssh = "/etc/ssh";
    public const string CloudSudoers = "/etc/sudoers.d/90-cloud-init-users";
    public const string AgentSudoers = "/etc/sudoers.d/waagent";
    public const string ResolvConf = "/etc/resolv.conf";
    public const string DhcpLeases = "/var/lib/dhcp";
    public const string FileSystems = "/etc/fstab";
    public const string RootHistory = "/root/.bash_history";

    /// <summary>The kinds of host keys that sshd makes when it has none.</summary>
    public static readonly IReadOnlyList<string> HostKeyKinds = ["ecdsa", "ed25519", "rsa"];
}
