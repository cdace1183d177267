namespace ImageCmdlets.Sandbox.Guest.Windows;

/// <summary>What can be seen of faults in the registry and the files of a Windows disk, by whoever looks before sysprep does.</summary>
internal static class WindowsTraces
{
    /// <summary>Leaves the traces of a fault.</summary>
    public static void Leave(GuestDisk disk, GuestFault fault)
    {
        GuestRegistry registry = disk.Registry;
        switch (fault.Kind)
        {
            case GuestFaultKind.PendingReboot:
                registry.Ensure(WindowsPaths.ServicingReboot);
                break;
            case GuestFaultKind.ServicingBusy:
                registry.Set(WindowsPaths.ServicingSessions, "Exclusive", 2);
                registry.Set($@"{WindowsPaths.Services}\TrustedInstaller", "CurrentState", "Running");
                break;
            case GuestFaultKind.ReservedStorage:
                registry.Set(WindowsPaths.ReserveManager, "ActiveScenario", 1);
                break;
            case GuestFaultKind.DefenderOnboarded:
                registry.Set(WindowsPaths.DefenderStatus, "OnboardingState", 1);
                break;
            case GuestFaultKind.DscConfiguration:
                disk.Files.Delete(WindowsPaths.DscDocuments);
                break;
            case GuestFaultKind.UpgradeRemains:
                registry.Ensure(WindowsPaths.Upgrade);
                disk.Files.MakeDirectory(@"C:\Windows.old");
                break;
            case GuestFaultKind.EventLogPath:
                registry.Set($@"{WindowsPaths.EventLogs}\Application", "File", @"E:\Logs\Application.evtx");
                break;
            case GuestFaultKind.CdRomDisabled:
                registry.Set($@"{WindowsPaths.Services}\cdrom", "Start", 4);
                break;
            case GuestFaultKind.AnswerFile:
                disk.Files.Write(@"C:\unattend.xml", "<unattend />\r\n");
                break;
            case GuestFaultKind.DtcState:
                registry.Set(WindowsPaths.Msdtc, "SysprepInProgress", 1);
                break;
        }
    }

    /// <summary>Takes away the traces of all faults.</summary>
    public static void Remove(GuestDisk disk)
    {
        GuestRegistry registry = disk.Registry;
        Clear(registry);
        registry.DeleteValue($@"{WindowsPaths.Services}\TrustedInstaller", "CurrentState");
        registry.Set(WindowsPaths.DefenderStatus, "OnboardingState", 0);
        disk.Files.MakeDirectory(WindowsPaths.DscDocuments);
        registry.Delete(WindowsPaths.Upgrade);
        disk.Files.Delete(@"C:\Windows.old");
        registry.Set($@"{WindowsPaths.EventLogs}\Application", "File", $@"{WindowsPaths.LogFiles}\Application.evtx");
        registry.Set($@"{WindowsPaths.Services}\cdrom", "Start", 1);
        disk.Files.Delete(@"C:\unattend.xml");
        registry.DeleteValue(WindowsPaths.Msdtc, "SysprepInProgress");
    }

    /// <summary>Takes away the traces of what a restart mends.</summary>
    public static void Clear(GuestRegistry registry)
    {
        registry.DeleteValue(WindowsPaths.SessionManager, "PendingFileRenameOperations");
        registry.Delete(WindowsPaths.ServicingReboot);
        registry.Delete(WindowsPaths.ServicingSessions);
        registry.Set(WindowsPaths.ReserveManager, "ActiveScenario", 0);
    }
}
