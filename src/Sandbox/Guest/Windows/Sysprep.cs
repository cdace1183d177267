using System.Globalization;

namespace ImageCmdlets.Sandbox.Guest.Windows;

/// <summary>
/// What <c>sysprep.exe</c> does to a machine: validation, three minutes in the middle of which the image cannot be deployed,
/// and the end its switches ask for. State and logs are the only truth; the exit code of a run says little.
/// </summary>
internal static class Sysprep
{
    // Not recorded anywhere; of the order that users report for a plain server.
    private static readonly TimeSpan s_generalizing = TimeSpan.FromSeconds(180);

    private const int Ready = 7;
    private const int StoppedHalfWay = 3;

    /// <summary>
    /// Starts sysprep. The process ends when sysprep does, three minutes later or at once when validation fails.
    /// </summary>
    /// <param name="machine">The machine.</param>
    /// <param name="arguments">The switches as given, for example <c>/generalize /oobe /quiet /quit</c>.</param>
    public static GuestProcess Start(GuestMachine machine, string arguments)
    {
        GuestProcess process = machine.StartProcess("sysprep");
        string[] switches = Switches(arguments);
        var log = new SysprepLog(machine);
        log.Begin();
        foreach (string name in switches)
        {
            string option = name.Split(':')[0].ToUpperInvariant();
            log.Info($"ParseCommands:Found supported command line option '{option}'", "0x0f0054");
        }

        machine.Disk.Files.Delete(WindowsPaths.SucceededTag);
        bool generalize = switches.Contains("generalize");
        if (generalize && !Validate(machine, log))
        {
            log.End();
            // Without /quiet the failure is a dialog box that nobody will ever close.
            if (switches.Contains("quiet"))
            {
                process.Complete(1);
            }

            return process;
        }

        machine.Disk.Registry.Set(WindowsPaths.SetupState, "ImageState", WindowsPaths.Undeployable);
        machine.Disk.Registry.Set(WindowsPaths.SysprepStatus, "GeneralizationState", generalize ? StoppedHalfWay : Ready);
        if (generalize && WindowsDefects.Hangs(machine.Disk.Registry)) return process;
        machine.Schedule(GuestEventKind.SysprepEnd, s_generalizing, string.Join(" ", switches));
        return process;
    }

    /// <summary>Sysprep's last minute; called by the machine when the time has come.</summary>
    public static void Finish(GuestMachine machine, string arguments)
    {
        string[] switches = Switches(arguments);
        GuestRegistry registry = machine.Disk.Registry;
        var log = new SysprepLog(machine);
        if (switches.Contains("generalize"))
        {
            if (Defect(machine, halfWay: true) is { } defect)
            {
                log.Errors(defect.Errors);
                log.End();
                CompleteProcess(machine, 1);
                return;
            }

            registry.Delete(WindowsPaths.MachineSid);
            int left = Number(registry.Get(WindowsPaths.Activation, "RemainingSysprepRuns")) - 1;
            registry.Set(WindowsPaths.Activation, "RemainingSysprepRuns", left);
            log.Info("SysprepSession::CreateSession: Successfully created instance with action file Generalize.xml");
            log.Error("MRTGeneralize:98 - ERROR: Failed DeleteInstance AntiVirusProduct");
        }

        registry.Set(WindowsPaths.SysprepStatus, "GeneralizationState", Ready);
        registry.Set(WindowsPaths.SysprepStatus, "CleanupState", 2);
        registry.Set(WindowsPaths.SetupState, "ImageState", EndState(switches));
        machine.Disk.Files.Write(WindowsPaths.SucceededTag, string.Empty);
        log.Info(@"FCreateTagFile:Successfully created tag file C:\Windows\System32\Sysprep\Sysprep_succeeded.tag");
        CompleteProcess(machine, 0);
        End(machine, switches, log);
        log.End();
    }

    private static void CompleteProcess(GuestMachine machine, int exitCode)
    {
        foreach (GuestProcess process in machine.Processes.Where(static p => p.Name == "sysprep").ToArray())
        {
            process.Complete(exitCode);
        }
    }

    private static SysprepDefect? Defect(GuestMachine machine, bool halfWay) => machine.Disk.Faults
        .Select(SysprepDefect.Of)
        .FirstOrDefault(defect => defect?.HalfWay == halfWay);

    private static void End(GuestMachine machine, string[] switches, SysprepLog log)
    {
        if (switches.Contains("shutdown"))
        {
            log.Info("ProcessShutdown:Successfully called InitiateSystemShutdownEx to shutdown the computer");
            machine.Schedule(GuestEventKind.PowerOff, TimeSpan.FromSeconds(10));
        }
        else if (switches.Contains("reboot"))
        {
            log.Info("ProcessShutdown:Successfully called InitiateSystemShutdownEx to reboot the computer");
            machine.Schedule(GuestEventKind.Restart, TimeSpan.FromSeconds(10));
        }
    }

    private static string EndState(string[] switches) => (switches.Contains("generalize"), switches.Contains("audit")) switch
    {
        (true, true) => WindowsPaths.GeneralizedToAudit,
        (true, false) => WindowsPaths.GeneralizedToOobe,
        _ => WindowsPaths.SpecializedToOobe,
    };

    private static bool Validate(GuestMachine machine, SysprepLog log)
    {
        GuestRegistry registry = machine.Disk.Registry;
        // A mere warning: sysprep goes on after it (notepad-plus-plus/notepad-plus-plus#13675).
        if (machine.Disk.Has(GuestFaultKind.PendingReboot) || registry.Get(WindowsPaths.SessionManager, "PendingFileRenameOperations") is not null)
            log.Warning("WinMain: File operations pending", "0x0f0036");

        if (Number(registry.Get(WindowsPaths.SysprepStatus, "GeneralizationState")) == StoppedHalfWay)
        {
            log.Error("RunExternalDlls:Not running DLLs; either the machine is in an invalid state or we couldn't update the "
                + "recorded state, dwRet = 0x1f", "0x0f0073");
            log.Error("WinMain:Hit failure while processing sysprep generalize internal providers; hr = 0x8007001f", "0x0f00a8");
            return false;
        }

        if (AppxPackages.OnlyForOneUser(registry) is { } package)
        {
            RefusePackage(log, package);
            return false;
        }

        if (Number(registry.Get(WindowsPaths.Activation, "RemainingSysprepRuns")) <= 0)
        {
            log.Error("RunExternalDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. "
                + "dwRet = -1073425657 SLReArmWindows 0xC004D307", "0x0f0070");
            return false;
        }

        if (machine.Disk.Has(GuestFaultKind.PendingReboot)) return false;
        if (Defect(machine, halfWay: false) is not { } defect) return true;
        log.Errors(defect.Errors);
        return false;
    }

    private static void RefusePackage(SysprepLog log, string package)
    {
        log.Error($"Package {package} was installed for a user, but not provisioned for all users. "
            + "This package will not function properly in the sysprep image.");
        log.Error("Failed to remove apps for the current user: 0x80073cf2.");
        log.Error("Exit code of RemoveAllApps thread was 0x3cf2.");
        log.Error("ActionPlatform::LaunchModule: Failure occurred while executing 'SysprepGeneralizeValidate' from "
            + @"C:\Windows\System32\AppxSysprep.dll; dwRet = 0x3cf2", "0x0f0082");
        log.Error("SysprepSession::Validate: Error in validating actions from "
            + @"C:\Windows\System32\Sysprep\ActionFiles\Generalize.xml; dwRet = 0x3cf2");
        log.Error("RunPlatformActions:Failed while validating Sysprep session actions; dwRet = 0x3cf2");
        log.Error("RunExternalDlls:An error occurred while running registry sysprep DLLs, halting sysprep execution. "
            + "dwRet = 0x3cf2", "0x0f0070");
        log.Error("WinMain:Hit failure while pre-validate sysprep generalize internal providers; hr = 0x80073cf2", "0x0f00d8");
    }

    private static string[] Switches(string arguments) => [.. arguments
        .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
        .Select(static a => a.Trim('"', '\'').TrimStart('/', '-').ToLowerInvariant())];

    private static int Number(string? value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
