using System.Globalization;
using System.Text;

namespace ImageCmdlets.Sandbox.Guest.Linux;

/// <summary>Linux as it comes from the marketplace, and what its first boot in Azure does to it.</summary>
internal static class LinuxSetup
{
    /// <summary>A generalized installation: nobody has booted it.</summary>
    /// <param name="osName">The distribution, as the agent reports it.</param>
    /// <param name="osVersion">The release.</param>
    public static GuestDisk Install(string osName, string osVersion)
    {
        var disk = new GuestDisk(windows: false) { OsName = osName, OsVersion = osVersion };
        GuestFileSystem files = disk.Files;
        files.Write("/etc/os-release", $"NAME=\"{osName}\"\nVERSION_ID=\"{osVersion}\"\nID={osName}\n");
        files.Write(LinuxPaths.Passwd, "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n");
        files.Write(LinuxPaths.Shadow, "root:*:19700:0:99999:7:::\ndaemon:*:19700:0:99999:7:::\n");
        files.Write("/etc/group", "root:x:0:\ndaemon:x:1:\nsudo:x:27:\n");
        files.Write("/etc/sudoers", "root ALL=(ALL:ALL) ALL\n");
        files.Write(LinuxPaths.FileSystems, "UUID=7c0a4a5e-6b5f-4a0c-9a43-0b0f8d7d3c11 / ext4 defaults,discard 0 1\n");
        files.Write("/etc/waagent.conf", "Provisioning.Agent=auto\nProvisioning.DeleteRootPassword=y\n");
        files.Write("/etc/cloud/cloud.cfg", "datasource_list: [ Azure ]\n");
        files.Write($"{LinuxPaths.Ssh}/sshd_config", "PermitRootLogin prohibit-password\n");
        files.Write(LinuxPaths.MachineId, string.Empty);
        files.Write(LinuxPaths.HostName, $"{osName}\n");
        files.Write("/usr/sbin/waagent", string.Empty);
        files.Write("/usr/bin/cloud-init", string.Empty);
        files.MakeDirectory("/tmp");
        files.MakeDirectory("/root");
        files.MakeDirectory("/var/log");
        files.MakeDirectory(LinuxPaths.Agent);
        return disk;
    }

    /// <summary>
    /// cloud-init and the agent set the machine up. What is already there is kept, which is how a machine id, another user or
    /// customData of the source survive in an image that was not cleaned.
    /// </summary>
    public static void FirstBoot(GuestMachine machine)
    {
        GuestFileSystem files = machine.Disk.Files;
        GuestProfile profile = machine.Profile;
        string id = (files.Read(LinuxPaths.MachineId) ?? string.Empty).Trim();
        if (id.Length == 0 || id == "uninitialized")
        {
            files.Write(LinuxPaths.MachineId, machine.NewId("machine-id", 32) + "\n");
        }

        foreach (string kind in LinuxPaths.HostKeyKinds.Where(k => !files.IsFile($"{LinuxPaths.Ssh}/ssh_host_{k}_key")))
        {
            string key = machine.NewId("ssh-" + kind, 40);
            files.Write($"{LinuxPaths.Ssh}/ssh_host_{kind}_key", $"-----BEGIN OPENSSH PRIVATE KEY-----\n{key}\n");
            files.Write($"{LinuxPaths.Ssh}/ssh_host_{kind}_key.pub", $"ssh-{kind} {key} root@{profile.ComputerName}\n");
        }

        files.Write(LinuxPaths.HostName, profile.ComputerName + "\n");
        files.Write(LinuxPaths.ResolvConf, "nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch internal.cloudapp.net\n");
        if (machine.Disk.OsName != "ubuntu")
        {
            files.Write(
                $"{LinuxPaths.DhcpLeases}/dhclient.eth0.leases",
                "lease { interface \"eth0\"; fixed-address 10.0.0.4; }\n");
        }

        AddAdministrator(machine);
        WriteAgentState(machine);
        WriteCloudState(machine);
    }

    private static void AddAdministrator(GuestMachine machine)
    {
        GuestFileSystem files = machine.Disk.Files;
        if (machine.Profile.AdminUserName is not { } user)
        {
            return;
        }

        new LinuxAccounts(files).Add(user);
        if (machine.Profile.SshKeys.Count > 0)
        {
            files.Write($"/home/{user}/.ssh/authorized_keys", string.Join("\n", machine.Profile.SshKeys) + "\n");
        }

        files.Write(
            LinuxPaths.CloudSudoers,
            $"# Created by cloud-init\n\n# User rules for {user}\n{user} ALL=(ALL) NOPASSWD:ALL\n");
    }

    private static void WriteAgentState(GuestMachine machine)
    {
        GuestFileSystem files = machine.Disk.Files;
        GuestProfile profile = machine.Profile;
        var ovf = new StringBuilder();
        ovf.Append("<Environment><LinuxProvisioningConfigurationSet>");
        ovf.Append($"<HostName>{profile.ComputerName}</HostName>");
        if (profile.AdminUserName is not null)
        {
            // The agent masks the password when it copies the file from the provisioning disk.
            ovf.Append($"<UserName>{profile.AdminUserName}</UserName><UserPassword>*</UserPassword>");
        }

        if (profile.CustomData is not null)
        {
            ovf.Append($"<CustomData>{profile.CustomData}</CustomData>");
        }

        ovf.Append("</LinuxProvisioningConfigurationSet></Environment>\n");
        if (!machine.Disk.Has(GuestFaultKind.OvfEnvMissing)) files.Write(LinuxPaths.OvfEnv, ovf.ToString());
        files.Write(LinuxPaths.Provisioned, profile.VmId);
        files.Write($"{LinuxPaths.Agent}/SharedConfig.xml", $"<SharedConfig><Instance id=\"{profile.VmId}\" /></SharedConfig>\n");
        files.Append(LinuxPaths.AgentLog, $"{Stamp(machine)} INFO Daemon Azure Linux Agent Version: 2.12.0.2\n"
            + $"{Stamp(machine)} INFO Daemon Provisioning complete\n");
        files.Append($"{LinuxPaths.ExtensionLogs}/run-command/handler.log", $"{Stamp(machine)} ready\n");
    }

    private static void WriteCloudState(GuestMachine machine)
    {
        GuestFileSystem files = machine.Disk.Files;
        string instance = $"{LinuxPaths.Cloud}/instances/{machine.Profile.VmId}";
        string user = machine.Profile.CustomData is { } data ? Decode(data) : string.Empty;
        files.Write($"{instance}/user-data.txt", user);
        files.Write($"{instance}/vendor-data.txt", string.Empty);
        files.Write($"{instance}/sem/config_ssh", string.Empty);
        files.Write($"{LinuxPaths.Cloud}/data/instance-id", machine.Profile.VmId + "\n");
        files.Write($"{LinuxPaths.Cloud}/data/previous-hostname", machine.Profile.ComputerName + "\n");
        files.Write($"{LinuxPaths.Cloud}/instance/boot-finished", Stamp(machine) + "\n");
        files.Append(LinuxPaths.CloudInitLog, $"{Stamp(machine)} - util.py[DEBUG]: Cloud-init v. finished\n");
        files.Append(LinuxPaths.CloudInitOutput, $"Cloud-init finished at {Stamp(machine)}. Datasource DataSourceAzure.\n");
    }

    private static string Decode(string base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return string.Empty;
        }
    }

    private static string Stamp(GuestMachine machine) =>
        machine.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
