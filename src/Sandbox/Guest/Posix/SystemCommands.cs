using System.Globalization;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Guest.Linux;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Commands about the system, its accounts and services, and the two that generalizing is about.</summary>
internal static class SystemCommands
{
    private static readonly HashSet<string> s_agents = ["walinuxagent", "waagent"];
    private static readonly HashSet<string> s_running = ["ssh", "sshd", "cron", "crond", "systemd-resolved", "systemd-journald"];

    public static IReadOnlyDictionary<string, Func<ShCall, Task<int>>> Commands { get; } =
        new Dictionary<string, Func<ShCall, int>>
        {
            ["waagent"] = static c => Waagent.Run(c.Machine, c.Arguments, c.Streams.In.ReadLine(), c.Out, c.Streams.Error),
            ["cloud-init"] = static c => CloudInit.Run(c.Machine, c.Arguments, c.Out, c.Streams.Error),
            ["hostname"] = static c => c.Print(HostName(c)),
            ["hostnamectl"] = HostNameControl,
            ["id"] = Identity,
            ["whoami"] = static c => c.Print("root"),
            ["uname"] = static c => c.Print(c.Has('r') ? "6.8.0-1021-azure" : c.Has('m') ? "x86_64" : "Linux"),
            ["date"] = Date,
            ["systemctl"] = Service,
            ["service"] = static c =>
                Service(c.With(["systemctl", c.Arguments.ElementAtOrDefault(1) ?? "status", c.Arguments[0]])),
            ["getent"] = GetEntry,
            ["useradd"] = static c => Add(c),
            ["adduser"] = static c => Add(c),
            ["userdel"] = static c => new LinuxAccounts(c.Files).Remove(c.LastOperand, c.Has('r')) ? 0 : 6,
            ["deluser"] = static c => new LinuxAccounts(c.Files).Remove(c.LastOperand, c.Has("--remove-home")) ? 0 : 2,
            ["passwd"] = Password,
            ["usermod"] = ModifyUser,
            ["pgrep"] = Processes,
            ["history"] = static _ => 0,
            ["lsb_release"] = static c => c.Print(c.Has('i') ? c.Machine.Disk.OsName : c.Machine.Disk.OsVersion),
            ["nproc"] = static c => c.Print("2"),
            ["df"] = FreeSpace,
            ["lsattr"] = Attributes,
        }.ToDictionary(static p => p.Key, static p => (Func<ShCall, Task<int>>)(c => Task.FromResult(p.Value(c))));

    private static string HostName(ShCall call) => (call.Files.Read(LinuxPaths.HostName) ?? "localhost").Trim();

    private static int HostNameControl(ShCall call)
    {
        if (call.Operands.FirstOrDefault() == "set-hostname" && call.Operands.Count > 1)
        {
            call.Files.Write(LinuxPaths.HostName, call.Operands[1] + "\n");
            return 0;
        }

        return call.Print($"   Static hostname: {HostName(call)}");
    }

    private static int Identity(ShCall call)
    {
        string name = call.Operands.FirstOrDefault() ?? "root";
        string? entry = new LinuxAccounts(call.Files).Entry(name);
        if (entry is null)
        {
            return call.Fail($"'{name}': no such user");
        }

        string id = entry.Split(':')[2];
        return call.Print(call.Has('n') ? name : call.Has('u') ? id : $"uid={id}({name}) gid={id}({name}) groups={id}({name})");
    }

    private static int Date(ShCall call)
    {
        DateTime now = call.Machine.Now.UtcDateTime;
        string? format = call.Arguments.FirstOrDefault(static a => a.StartsWith("+", StringComparison.Ordinal));
        if (format is null)
        {
            return call.Print(call.Has('I') || call.Arguments.Any(static a => a.StartsWith("--iso", StringComparison.Ordinal))
                ? now.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture)
                : now.ToString("ddd MMM d HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture));
        }

        return call.Print(Regex.Replace(format.Substring(1), "%(.)", m => m.Groups[1].Value switch
        {
            "s" => call.Machine.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            "F" => now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "T" => now.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            "Y" => now.ToString("yyyy", CultureInfo.InvariantCulture),
            "m" => now.ToString("MM", CultureInfo.InvariantCulture),
            "d" => now.ToString("dd", CultureInfo.InvariantCulture),
            "H" => now.ToString("HH", CultureInfo.InvariantCulture),
            "M" => now.ToString("mm", CultureInfo.InvariantCulture),
            "S" => now.ToString("ss", CultureInfo.InvariantCulture),
            "Z" => "UTC",
            string other => other,
        }));
    }

    private static int Service(ShCall call)
    {
        string verb = call.Operands.FirstOrDefault() ?? "status";
        string name = Regex.Replace(call.Operands.ElementAtOrDefault(1) ?? string.Empty, @"\.service$", string.Empty);
        switch (verb)
        {
            case "poweroff" or "halt":
                return ScheduleCommands.Now(call, GuestEventKind.PowerOff);
            case "reboot":
                return ScheduleCommands.Now(call, GuestEventKind.Restart);
            case "stop" when s_agents.Contains(name):
                call.Machine.StopAgent();
                return 0;
            case "start" or "restart" when s_agents.Contains(name):
                call.Machine.StartAgent();
                return 0;
            case "is-enabled":
                bool enabled = s_agents.Contains(name) || s_running.Contains(name);
                if (!call.Has('q') && !call.Has("--quiet")) call.Print(enabled ? "enabled" : "disabled");
                return enabled ? 0 : 1;
            case "is-active" or "status":
                bool active = s_agents.Contains(name) ? call.Machine.IsAgentReady : s_running.Contains(name);
                if (!call.Has('q') && !call.Has("--quiet"))
                {
                    call.Print(active ? "active" : "inactive");
                }

                return active ? 0 : 3;
            default:
                return 0;
        }
    }

    // One file system, the system's own.
    private static int FreeSpace(ShCall call)
    {
        long free = call.Machine.Disk.FreeMegabytes * 1024;
        call.Print("Filesystem     1024-blocks     Used Available Capacity Mounted on");
        return call.Print($"/dev/root {GuestDisk.SizeMegabytes * 1024L} {(GuestDisk.SizeMegabytes * 1024L) - free} {free} 7% /");
    }

    private static int Attributes(ShCall call)
    {
        int code = 0;
        GuestDisk disk = call.Machine.Disk;
        foreach (string operand in call.Operands)
        {
            string path = call.Shell.Full(operand);
            if (call.Files.Exists(path))
                call.Print($"----{(disk.IsImmutable(path) ? 'i' : '-')}---------e------- {operand}");
            else
                code = call.Fail($"No such file or directory while trying to stat {operand}");
        }

        return code;
    }

    private static int GetEntry(ShCall call)
    {
        var accounts = new LinuxAccounts(call.Files);
        string[] wanted = call.Operands.Count > 1 ? [.. call.Operands.Skip(1)] : [.. accounts.Names];
        string[] found = [.. wanted.Select(accounts.Entry).OfType<string>()];
        found.ToList().ForEach(e => call.Print(e));
        return found.Length == wanted.Length ? 0 : 2;
    }

    private static int Add(ShCall call)
    {
        new LinuxAccounts(call.Files).Add(call.LastOperand);
        return 0;
    }

    private static int Password(ShCall call)
    {
        if (call.Has('l') || call.Has('d'))
        {
            string field = call.Has('l') ? "!" : string.Empty;
            new LinuxAccounts(call.Files).SetPassword(call.Operands.LastOrDefault() ?? "root", field);
        }

        return 0;
    }

    // Only the password field is modelled: a hash, or "*" for none.
    private static int ModifyUser(ShCall call)
    {
        var accounts = new LinuxAccounts(call.Files);
        if (accounts.Entry(call.LastOperand) is null)
            return call.Fail($"user '{call.LastOperand}' does not exist", 6);

        if (call.Value("-p") is { } field) accounts.SetPassword(call.LastOperand, field);
        return 0;
    }

    private static int Processes(ShCall call)
    {
        string pattern = call.Operands.LastOrDefault() ?? string.Empty;
        GuestProcess[] found = [.. call.Machine.Processes.Where(p => Regex.IsMatch(p.Name, pattern))];
        found.ToList().ForEach(p => call.Print(p.Id.ToString(CultureInfo.InvariantCulture)));
        return found.Length > 0 || (call.Machine.IsAgentReady && Regex.IsMatch("waagent", pattern)) ? 0 : 1;
    }
}
