using System.Globalization;

namespace ImageCmdlets.Sandbox.Guest.Windows;

/// <summary>Windows as it comes from the marketplace, and what its first boot in Azure does to it.</summary>
internal static class WindowsSetup
{
    // Windows 8.1 and Server 2012 onwards allow this many runs of sysprep.
    /// <summary>How often a new installation can be generalized.</summary>
    public const int SysprepRuns = 1001;

    private static readonly IReadOnlyDictionary<string, int> s_services = new Dictionary<string, int>
    {
        ["RdAgent"] = 2,
        ["WindowsAzureGuestAgent"] = 2,
        ["TrustedInstaller"] = 3,
        ["MSDTC"] = 2,
        ["wuauserv"] = 3,
        ["dmwappushservice"] = 3,
        ["WinRM"] = 2,
        ["TermService"] = 2,
        ["EventLog"] = 2,
        ["cdrom"] = 1,
    };

    private static readonly IReadOnlyList<string> s_eventLogs = ["Application", "Security", "System"];

    /// <summary>A generalized installation, with the log of the publisher's own sysprep run still in it.</summary>
    /// <param name="osName">Product name, as the agent reports it.</param>
    /// <param name="osVersion">For example <c>10.0.20348.3207</c>.</param>
    public static GuestDisk Install(string osName, string osVersion)
    {
        var disk = new GuestDisk(windows: true) { OsName = osName, OsVersion = osVersion };
        GuestRegistry registry = disk.Registry;
        registry.Set(WindowsPaths.CurrentVersion, "ProductName", osName);
        registry.Set(WindowsPaths.CurrentVersion, "CurrentBuild", osVersion.Split('.').ElementAtOrDefault(2) ?? "0");
        registry.Set(WindowsPaths.CurrentVersion, "InstallationType", osName.Contains("Server") ? "Server" : "Client");
        registry.Set(WindowsPaths.SetupState, "ImageState", WindowsPaths.GeneralizedToOobe);
        registry.Set(WindowsPaths.SysprepStatus, "GeneralizationState", 7);
        registry.Set(WindowsPaths.SysprepStatus, "CleanupState", 2);
        registry.Set(WindowsPaths.Activation, "RemainingSysprepRuns", SysprepRuns);
        foreach (KeyValuePair<string, int> service in s_services)
        {
            registry.Set($@"{WindowsPaths.Services}\{service.Key}", "Start", service.Value);
        }

        registry.Set(WindowsPaths.ReserveManager, "ActiveScenario", 0);
        foreach (string log in s_eventLogs)
        {
            registry.Set($@"{WindowsPaths.EventLogs}\{log}", "File", $@"{WindowsPaths.LogFiles}\{log}.evtx");
            disk.Files.Write($@"{WindowsPaths.LogFiles}\{log}.evtx", string.Empty);
        }

        registry.Ensure($@"{WindowsPaths.LocalUsers}\Administrator");
        registry.Ensure(WindowsPaths.AppxProvisioned);
        disk.Files.Write(WindowsPaths.SysprepExe, string.Empty);
        disk.Files.Write(WindowsPaths.SetupAct, SysprepLog.PublisherRun);
        disk.Files.Write(WindowsPaths.SetupErr, string.Empty);
        disk.Files.Write(WindowsPaths.SucceededTag, string.Empty);
        disk.Files.Write($@"{WindowsPaths.Panther}\setupact.log", "2024-01-02 08:00:00, Info  IBS    Callback_Setup done\r\n");
        disk.Files.MakeDirectory(@"C:\Windows\Temp");
        disk.Files.MakeDirectory(WindowsPaths.DscDocuments);
        return disk;
    }

    /// <summary>Specialize and OOBE: a new name, a new SID, the administrator, the agent.</summary>
    public static void FirstBoot(GuestMachine machine)
    {
        GuestProfile profile = machine.Profile;
        GuestRegistry registry = machine.Disk.Registry;
        GuestFileSystem files = machine.Disk.Files;
        registry.Set(WindowsPaths.ComputerName, "ComputerName", profile.ComputerName);
        registry.Set(WindowsPaths.TcpIp, "Hostname", profile.ComputerName);
        registry.Set(WindowsPaths.MachineSid, string.Empty, GuestIds.Sid($"{profile.VmId}|{machine.Boots}"));
        registry.Set(WindowsPaths.SetupState, "ImageState", WindowsPaths.Complete);
        if (profile.AdminUserName is { } user)
        {
            registry.Ensure($@"{WindowsPaths.LocalUsers}\{user}");
            files.Write($@"C:\Users\{user}\NTUSER.DAT", string.Empty);
        }

        // The answer file holds the password until Setup masks it; the masked file stays and is found again by a later sysprep.
        string answers = $"<unattend><ComputerName>{profile.ComputerName}</ComputerName>"
            + "<AdministratorPassword>*SENSITIVE*DATA*DELETED*</AdministratorPassword></unattend>\r\n";
        files.Write($@"{WindowsPaths.Panther}\unattend.xml", answers);
        files.Write(WindowsPaths.SysprepUnattend, answers);
        files.Append(
            $@"{WindowsPaths.Panther}\UnattendGC\setupact.log",
            $"{Stamp(machine)}, Info  [oobeldr.exe] OOBE completed\r\n");
        files.Append(WindowsPaths.AgentLog, $"[{Stamp(machine)}] [INFO] WindowsAzureGuestAgent started.\r\n");
        if (profile.CustomData is not null)
        {
            files.Write(@"C:\AzureData\CustomData.bin", profile.CustomData);
        }
    }

    private static string Stamp(GuestMachine machine) =>
        machine.Now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
