using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>
/// Commands that run other commands, now or later, and those that end the machine. What is scheduled here outlives the run
/// command that asked for it, as it does in real life.
/// </summary>
internal static class ScheduleCommands
{
    private static readonly TimeSpan s_stopping = TimeSpan.FromSeconds(5);

    public static IReadOnlyDictionary<string, Func<ShCall, Task<int>>> Commands { get; } =
        new Dictionary<string, Func<ShCall, Task<int>>>
        {
            ["sudo"] = static c => Inner(c, static a => a is "-u" or "-g"),
            ["nohup"] = static c => Inner(c, static _ => false),
            ["nice"] = static c => Inner(c, static a => a == "-n"),
            ["time"] = static c => Inner(c, static _ => false),
            ["stdbuf"] = static c => Inner(c, static _ => false),
            ["env"] = Environment,
            ["timeout"] = static c =>
                Inner(c.With(c.Fields.Where((_, i) => i != 1 + Switches(c))), static a => a is "-k" or "-s"),
            ["setsid"] = SetSession,
            ["xargs"] = Arguments,
            ["sh"] = Shell,
            ["bash"] = Shell,
            ["dash"] = Shell,
            ["source"] = static c =>
                ShellHost.Run(c.Shell, c.Files.Read(c.Shell.Full(c.Arguments[0])) ?? string.Empty, c.Streams),
            ["."] = static c => ShellHost.Run(c.Shell, c.Files.Read(c.Shell.Full(c.Arguments[0])) ?? string.Empty, c.Streams),
            ["at"] = static c => Task.FromResult(At(c)),
            ["systemd-run"] = SystemdRun,
            ["shutdown"] = static c => Task.FromResult(Shutdown(c)),
            ["poweroff"] = static c => Task.FromResult(Now(c, GuestEventKind.PowerOff)),
            ["halt"] = static c => Task.FromResult(Now(c, GuestEventKind.PowerOff)),
            ["reboot"] = static c => Task.FromResult(Now(c, GuestEventKind.Restart)),
        };

    /// <summary>The system goes down at once: the agent with it, the machine some seconds later.</summary>
    public static int Now(ShCall call, GuestEventKind kind)
    {
        call.Machine.StopAgent();
        call.Machine.Schedule(kind, s_stopping);
        return 0;
    }

    private static Task<int> Inner(ShCall call, Func<string, bool> takesValue)
    {
        int index = 1;
        while (index < call.Fields.Count && call.Fields[index].StartsWith("-", StringComparison.Ordinal))
        {
            index += takesValue(call.Fields[index]) ? 2 : 1;
        }

        while (index < call.Fields.Count && call.Name == "sudo" && call.Fields[index].Contains('='))
        {
            index++;
        }

        return index >= call.Fields.Count ? Task.FromResult(0) : ShCommands.Run(call.With(call.Fields.Skip(index)));
    }

    private static int Switches(ShCall call) =>
        call.Arguments.TakeWhile(static a => a.StartsWith("-", StringComparison.Ordinal)).Count();

    private static Task<int> Environment(ShCall call)
    {
        ShShell shell = call.Shell.Fork();
        string[] rest = [.. call.Arguments.SkipWhile(static a => a.StartsWith("-", StringComparison.Ordinal) || a.Contains('='))];
        foreach (string setting in call.Arguments.TakeWhile(a => !rest.Contains(a)).Where(static a => a.Contains('=')))
        {
            shell.Variables[setting.Substring(0, setting.IndexOf('='))] = setting.Substring(setting.IndexOf('=') + 1);
        }

        return rest.Length == 0 ? Task.FromResult(0) : ShCommands.Run(new ShCall(shell, rest, call.Streams));
    }

    private static Task<int> SetSession(ShCall call)
    {
        if (!call.Has('f') && !call.Has("--fork"))
        {
            return Inner(call, static _ => false);
        }

        string[] fields = [.. call.Fields.Skip(1).SkipWhile(static a => a.StartsWith("-", StringComparison.Ordinal))];
        call.Machine.Schedule(GuestEventKind.ShellScript, TimeSpan.Zero, Quote(fields));
        return Task.FromResult(0);
    }

    private static Task<int> Arguments(ShCall call)
    {
        string[] own = [.. call.Arguments.SkipWhile(static a => a.StartsWith("-", StringComparison.Ordinal))];
        string[] given = call.Streams.In.ReadToEnd().Split([' ', '\t', '\n', '\0'], StringSplitOptions.RemoveEmptyEntries);
        return given.Length == 0 && call.Has('r')
            ? Task.FromResult(0)
            : ShCommands.Run(call.With((own.Length == 0 ? ["echo"] : own).Concat(given)));
    }

    private static Task<int> Shell(ShCall call)
    {
        int command = call.Arguments.ToList().FindIndex(static a => Regex.IsMatch(a, "^-[a-z]*c$"));
        if (command >= 0 && command + 1 < call.Arguments.Count)
        {
            string[] rest = [.. call.Arguments.Skip(command + 2)];
            return ShCommands.Script(call, call.Arguments[command + 1], rest.FirstOrDefault() ?? "sh", [.. rest.Skip(1)]);
        }

        string? file = call.Operands.FirstOrDefault();
        string? script = file is null ? call.Streams.In.ReadToEnd() : call.Files.Read(call.Shell.Full(file));
        return script is null
            ? Task.FromResult(call.Fail($"{file}: No such file or directory", 127))
            : ShCommands.Script(call, script, file ?? "sh", [.. call.Operands.Skip(1)]);
    }

    // at works in whole minutes: "now + 1 minute" at 02:21:31 is 02:22:00 (azcli/test_vm_custom_image#28).
    private static int At(ShCall call)
    {
        string when = string.Join(" ", call.Operands);
        Match delay = Regex.Match(when, @"now\s*(\+\s*(?<n>\d+)\s*(?<unit>min|hour|day))?");
        if (!delay.Success)
        {
            call.Shell.Note($"at: '{when}' is not modelled");
            return 0;
        }

        int count = delay.Groups["n"].Success ? int.Parse(delay.Groups["n"].Value, CultureInfo.InvariantCulture) : 0;
        int minutes = delay.Groups["unit"].Value switch { "hour" => 60, "day" => 1440, _ => 1 } * count;
        DateTimeOffset now = call.Machine.Now;
        DateTimeOffset due = minutes == 0 ? now : now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(minutes);
        string? file = call.Value("-f");
        string script = file is null ? call.Streams.In.ReadToEnd() : call.Files.Read(call.Shell.Full(file)) ?? string.Empty;
        call.Machine.Schedule(GuestEventKind.ShellScript, due - now, script);
        string shown = due.UtcDateTime.ToString("ddd MMM ", CultureInfo.InvariantCulture)
            + due.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2)
            + due.UtcDateTime.ToString(" HH:mm:ss yyyy", CultureInfo.InvariantCulture);
        call.Streams.Error.Append($"warning: commands will be executed using /bin/sh\njob 1 at {shown}\n");
        return 0;
    }

    private static async Task<int> SystemdRun(ShCall call)
    {
        string[] fields = [.. call.Arguments.SkipWhile(static a => a.StartsWith("-", StringComparison.Ordinal))];
        string? delay = call.Arguments.Except(fields)
            .FirstOrDefault(static a => a.StartsWith("--on-active=", StringComparison.Ordinal))?.Substring(12);
        string unit = call.Arguments.FirstOrDefault(static a => a.StartsWith("--unit=", StringComparison.Ordinal))?.Substring(7)
            ?? $"run-r{call.Machine.NewId($"unit{call.Machine.Now.Ticks}", 32)}";
        if (fields.Length == 0)
        {
            return call.Fail("Command line to execute required.");
        }

        if (call.Arguments.Contains("--wait") || call.Arguments.Contains("--pipe"))
        {
            return await ShCommands.Run(call.With(fields)).ConfigureAwait(false);
        }

        TimeSpan after = delay is null ? TimeSpan.Zero : ShBuiltins.Duration(delay);
        call.Machine.Schedule(GuestEventKind.ShellScript, after, Quote(fields));
        call.Streams.Error.Append(delay is null
            ? $"Running as unit: {unit}.service\n"
            : $"Running timer as unit: {unit}.timer\nWill run service as unit: {unit}.service\n");
        return 0;
    }

    private static int Shutdown(ShCall call)
    {
        if (call.Has('c'))
        {
            call.Machine.Cancel(GuestEventKind.PowerOff);
            call.Machine.Cancel(GuestEventKind.Restart);
            return 0;
        }

        GuestEventKind kind = call.Has('r') ? GuestEventKind.Restart : GuestEventKind.PowerOff;
        string when = call.Operands.FirstOrDefault() ?? "+1";
        if (when is "now" or "+0")
        {
            return Now(call, kind);
        }

        int minutes = int.TryParse(when.TrimStart('+'), NumberStyles.None, CultureInfo.InvariantCulture, out int m) ? m : 1;
        call.Machine.Schedule(kind, TimeSpan.FromMinutes(minutes));
        DateTimeOffset due = call.Machine.Now.AddMinutes(minutes);
        call.Streams.Error.Append("Shutdown scheduled for ")
            .Append(due.UtcDateTime.ToString("ddd yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture))
            .Append(", use 'shutdown -c' to cancel.\n");
        return 0;
    }

    private static string Quote(IEnumerable<string> fields) =>
        string.Join(" ", fields.Select(static f => "'" + f.Replace("'", @"'\''") + "'"));
}
