namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>What a script can ask Windows about itself.</summary>
internal static class PsSystem
{
    private static readonly HashSet<string> s_agents =
        new(StringComparer.OrdinalIgnoreCase) { "RdAgent", "WindowsAzureGuestAgent" };

    public static string ComputerName(GuestMachine machine) =>
        machine.Disk.Registry.Get(WindowsPaths.ComputerName, "ComputerName") ?? "WIN-MINSETUP";

    /// <summary>An environment variable of the local system account; null when there is none.</summary>
    public static string? Environment(GuestMachine machine, string name) => name.ToLowerInvariant() switch
    {
        "systemroot" or "windir" => @"C:\Windows",
        "systemdrive" or "homedrive" => "C:",
        "temp" or "tmp" => @"C:\Windows\Temp",
        "programdata" or "allusersprofile" => @"C:\ProgramData",
        "programfiles" => @"C:\Program Files",
        "computername" => ComputerName(machine),
        "username" => $"{ComputerName(machine)}$",
        "public" => @"C:\Users\Public",
        "comspec" => @"C:\Windows\System32\cmd.exe",
        _ => null,
    };

    /// <summary>Names of all services.</summary>
    public static IReadOnlyList<string> Services(GuestMachine machine) =>
        [.. machine.Disk.Registry.Children(WindowsPaths.Services).Where(static s => s is not ("cdrom" or "Tcpip"))];

    /// <summary>A service as <c>Get-Service</c> shows it.</summary>
    public static PsTable Service(GuestMachine machine, string name)
    {
        string start = machine.Disk.Registry.Get($@"{WindowsPaths.Services}\{name}", "Start") ?? "3";
        return new PsTable(isObject: true)
        {
            ["Status"] = IsRunning(machine, name, start) ? "Running" : "Stopped",
            ["Name"] = name,
            ["DisplayName"] = name,
            ["StartType"] = start switch { "2" => "Automatic", "4" => "Disabled", _ => "Manual" },
        };
    }

    /// <summary>Starts or stops a service; the guest agent's own services are the agent.</summary>
    public static void Control(GuestMachine machine, string name, bool run)
    {
        machine.Disk.Registry.Set($@"{WindowsPaths.Services}\{name}", "CurrentState", run ? "Running" : "Stopped");
        if (!s_agents.Contains(name))
        {
            return;
        }

        if (run)
        {
            machine.StartAgent();
        }
        else
        {
            machine.StopAgent();
        }
    }

    private static bool IsRunning(GuestMachine machine, string name, string start)
    {
        if (s_agents.Contains(name))
        {
            return machine.IsAgentReady;
        }

        return (machine.Disk.Registry.Get($@"{WindowsPaths.Services}\{name}", "CurrentState")
            ?? (start == "2" ? "Running" : "Stopped")) == "Running";
    }
}
