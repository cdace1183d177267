using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Guest.Windows;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Programs that scripts call: sysprep, shutdown, reg, cmd, powershell …</summary>
internal static class PsNativeCommands
{
    public static IReadOnlyDictionary<string, Func<PsCall, Task>> Commands { get; } = new Dictionary<string, Func<PsCall, Task>>
    {
        // A program with a window: PowerShell goes on without waiting for it.
        ["sysprep"] = PsObjectCommands.Do(static c => Sysprep.Start(c.Machine, string.Join(" ", c.Raw))),
        ["shutdown"] = PsObjectCommands.Do(Shutdown),
        ["reg"] = PsObjectCommands.Do(Reg),
        ["bcdedit"] = PsObjectCommands.Do(BootConfiguration),
        ["hostname"] = PsObjectCommands.Do(static c => c.Output.Add(PsSystem.ComputerName(c.Machine))),
        ["whoami"] = PsObjectCommands.Do(static c => c.Output.Add(@"nt authority\system")),
        ["net"] = PsObjectCommands.Do(Net),
        ["sc"] = PsObjectCommands.Do(Net),
        ["cmd"] = Cmd,
        ["powershell"] = PowerShell,
        ["pwsh"] = PowerShell,
        ["schtasks"] = PsObjectCommands.Do(Tasks),
        ["timeout"] = static c => c.Machine.Delay(TimeSpan.FromSeconds(Number(After(c, "/t") ?? "0"))),
    };

    private static string? After(PsCall call, string name)
    {
        int index = call.Raw.FindIndex(a => string.Equals(a.Replace('-', '/'), name, StringComparison.OrdinalIgnoreCase));
        return index >= 0 && index + 1 < call.Raw.Count ? call.Raw[index + 1] : null;
    }

    private static bool Has(PsCall call, string name) =>
        call.Raw.Any(a => string.Equals(a.Replace('-', '/'), name, StringComparison.OrdinalIgnoreCase));

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : 0;

    private static void Shutdown(PsCall call)
    {
        if (Has(call, "/a"))
        {
            call.Machine.Cancel(GuestEventKind.PowerOff);
            call.Machine.Cancel(GuestEventKind.Restart);
            return;
        }

        // Without /t Windows waits thirty seconds; the guest needs some to go down.
        double seconds = After(call, "/t") is { } given ? Number(given) : 30;
        if (Has(call, "/r") || Has(call, "/s") || Has(call, "/p"))
        {
            GuestEventKind kind = Has(call, "/r") ? GuestEventKind.Restart : GuestEventKind.PowerOff;
            call.Machine.Schedule(kind, TimeSpan.FromSeconds(seconds + 5));
        }
    }

    private static void BootConfiguration(PsCall call)
    {
        bool isGone = call.Machine.Disk.Has(GuestFaultKind.BootConfiguration);
        call.Scope.Set("script:LASTEXITCODE", isGone ? 1L : 0L);
        if (isGone)
        {
            call.Output.AddRange(["The boot configuration data store could not be opened.", "The system cannot find the file specified."]);
            return;
        }

        bool isManager = Has(call, "{bootmgr}");
        call.Output.AddRange([string.Empty, isManager ? "Windows Boot Manager" : "Windows Boot Loader", "-------------------"]);
        call.Output.Add($"identifier              {(isManager ? "{bootmgr}" : "{current}")}");
        call.Output.Add($"device                  partition={(isManager ? @"\Device\HarddiskVolume1" : "C:")}");
        if (!isManager)
            call.Output.Add("osdevice                partition=C:");
    }

    private static void Reg(PsCall call)
    {
        string verb = call.Raw.FirstOrDefault()?.ToLowerInvariant() ?? string.Empty;
        string key = call.Raw.ElementAtOrDefault(1) ?? string.Empty;
        string name = After(call, "/v") ?? string.Empty;
        switch (verb)
        {
            case "add":
                call.Registry.Set(key, name, After(call, "/d") ?? string.Empty);
                break;
            case "delete" when name.Length > 0:
                call.Registry.DeleteValue(key, name);
                break;
            case "delete":
                call.Registry.Delete(key);
                break;
            case "query" when call.Registry.Get(key, name) is { } value:
                call.Output.Add($"    {name}    REG_SZ    {value}");
                break;
            case "query":
                call.Context.Error.Append("ERROR: The system was unable to find the specified registry key or value.\n");
                break;
        }
    }

    private static void Net(PsCall call)
    {
        string verb = call.Raw.FirstOrDefault()?.ToLowerInvariant() ?? string.Empty;
        string name = call.Raw.ElementAtOrDefault(1) ?? string.Empty;
        if (verb is "start" or "stop" && call.Registry.Has($@"{WindowsPaths.Services}\{name}"))
        {
            PsSystem.Control(call.Machine, name, verb == "start");
        }
    }

    private static async Task Cmd(PsCall call)
    {
        int index = call.Raw.FindIndex(static a => a.ToLowerInvariant() is "/c" or "/k");
        string command = string.Join(" ", call.Raw.Skip(index + 1));
        foreach (string part in command.Split('&').Select(static p => p.Trim()).Where(static p => p.Length > 0))
        {
            string program = Regex.Replace(part, "%(SystemRoot|windir)%", @"C:\Windows", RegexOptions.IgnoreCase);
            await Inner(call, "& " + program).ConfigureAwait(false);
        }
    }

    private static async Task PowerShell(PsCall call)
    {
        if (call.Get(-1, "EncodedCommand") is { } encoded)
        {
            await Inner(call, Encoding.Unicode.GetString(Convert.FromBase64String(PsConvert.ToText(encoded))))
                .ConfigureAwait(false);
        }
        else if (call.Get(-1, "File") is { } file)
        {
            await Inner(call, call.Files.Read(PsConvert.ToText(file)) ?? string.Empty).ConfigureAwait(false);
        }
        else if (call.Get(0, "Command") is { } command)
        {
            await Inner(call, command is PsScriptBlock ? "& $block" : PsConvert.ToText(command)).ConfigureAwait(false);
        }
    }

    private static async Task Inner(PsCall call, string script)
    {
        var output = new List<object?>();
        int code = await PowerShellHost.Run(call.Context, script, new PsTable(isObject: false), output).ConfigureAwait(false);
        call.Output.AddRange(output);
        call.Scope.Set("script:LASTEXITCODE", (long)code);
    }

    private static void Tasks(PsCall call)
    {
        string key = $@"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Schedule\TaskCache\Tree\{After(call, "/tn")}";
        if (Has(call, "/create"))
        {
            call.Registry.Set(key, "Command", "& " + After(call, "/tr"));
        }
        else if (Has(call, "/run") && call.Registry.Get(key, "Command") is { } command)
        {
            call.Machine.Schedule(GuestEventKind.PowerShellScript, TimeSpan.Zero, command);
        }
    }
}
