using System.Globalization;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Commands that are part of the shell itself.</summary>
internal static class ShBuiltins
{
    public static IReadOnlyDictionary<string, Func<ShCall, Task<int>>> Commands { get; } =
        new Dictionary<string, Func<ShCall, Task<int>>>
        {
            [":"] = static _ => Task.FromResult(0),
            ["true"] = static _ => Task.FromResult(0),
            ["false"] = static _ => Task.FromResult(1),
            ["echo"] = static c => Task.FromResult(Echo(c)),
            ["printf"] = static c => Task.FromResult(ShPrintf.Run(c)),
            ["test"] = static c => Task.FromResult(ShTest.Run(c, c.Arguments)),
            ["["] = static c => Task.FromResult(ShTest.Run(c, [.. c.Arguments.Take(c.Arguments.Count - 1)])),
            ["[["] = static c => Task.FromResult(ShTest.Run(c, [.. c.Arguments.Take(c.Arguments.Count - 1)])),
            ["cd"] = static c => Task.FromResult(ChangeDirectory(c)),
            ["pwd"] = static c => Task.FromResult(c.Print(c.Shell.Directory)),
            ["set"] = static c => Task.FromResult(Set(c)),
            ["export"] = static c => Task.FromResult(Assign(c)),
            ["local"] = static c => Task.FromResult(Assign(c)),
            ["readonly"] = static c => Task.FromResult(Assign(c)),
            ["declare"] = static c => Task.FromResult(Assign(c)),
            ["unset"] = static c => Task.FromResult(Unset(c)),
            ["shift"] = static c => Task.FromResult(Shift(c)),
            ["read"] = static c => Task.FromResult(Read(c)),
            ["command"] = Command,
            ["which"] = static c => Task.FromResult(Find(c, c.Arguments)),
            ["type"] = static c => Task.FromResult(Find(c, c.Arguments)),
            ["trap"] = static c => Task.FromResult(Trap(c)),
            ["umask"] = static _ => Task.FromResult(0),
            ["ulimit"] = static _ => Task.FromResult(0),
            ["wait"] = Wait,
            ["sleep"] = Sleep,
            ["eval"] = static c => ShellHost.Run(c.Shell, string.Join(" ", c.Arguments), c.Streams),
            ["exec"] = static c => c.Arguments.Count == 0 ? Task.FromResult(0) : ShCommands.Run(c.With(c.Arguments)),
            ["exit"] = static c => throw new ShSignal(ShSignalKind.Exit, Code(c)),
            ["return"] = static c => throw new ShSignal(ShSignalKind.Return, Code(c)),
            ["break"] = static _ => throw new ShSignal(ShSignalKind.Break, 0),
            ["continue"] = static _ => throw new ShSignal(ShSignalKind.Continue, 0),
        };

    /// <summary>Seconds of a duration such as <c>5</c>, <c>1.5</c>, <c>2m</c>, <c>1h</c>.</summary>
    public static TimeSpan Duration(string text)
    {
        string digits = text.TrimEnd('s', 'e', 'c', 'm', 'i', 'n', 'h', 'd');
        double unit = text.Substring(digits.Length) switch { "m" or "min" => 60, "h" => 3600, "d" => 86400, _ => 1 };
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? TimeSpan.FromSeconds(value * unit)
            : TimeSpan.Zero;
    }

    private static int Code(ShCall call) =>
        int.TryParse(call.Arguments.FirstOrDefault(), NumberStyles.Integer, CultureInfo.InvariantCulture, out int code)
            ? code
            : call.Shell.LastExit;

    private static int Echo(ShCall call)
    {
        string[] switches = [.. call.Arguments.TakeWhile(static a => a is "-n" or "-e" or "-ne" or "-en" or "-E")];
        string text = string.Join(" ", call.Arguments.Skip(switches.Length));
        call.Out.Append(switches.Any(static s => s.Contains('e')) ? ShPrintf.Unescape(text) : text);
        if (!switches.Any(static s => s.Contains('n')))
        {
            call.Out.Append('\n');
        }

        return 0;
    }

    private static int ChangeDirectory(ShCall call)
    {
        call.Shell.Directory = call.Shell.Full(call.Operands.FirstOrDefault() ?? "/root");
        return 0;
    }

    private static int Set(ShCall call)
    {
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            string argument = call.Arguments[i];
            if (argument == "--")
            {
                call.Shell.Arguments = [.. call.Arguments.Skip(i + 1)];
                break;
            }

            bool on = argument.StartsWith("-", StringComparison.Ordinal);
            call.Shell.ExitOnError = argument.IndexOf('e') > 0 ? on : call.Shell.ExitOnError;
            call.Shell.PipeFail = call.Arguments.ElementAtOrDefault(i + 1) == "pipefail" ? on : call.Shell.PipeFail;
            i += argument.EndsWith("o", StringComparison.Ordinal) ? 1 : 0;
        }

        return 0;
    }

    private static int Assign(ShCall call)
    {
        foreach (string argument in call.Operands)
        {
            int sign = argument.IndexOf('=');
            if (sign > 0)
            {
                call.Shell.Variables[argument.Substring(0, sign)] = argument.Substring(sign + 1);
            }
        }

        return 0;
    }

    private static int Unset(ShCall call)
    {
        foreach (string name in call.Operands)
        {
            call.Shell.Variables.Remove(name);
        }

        return 0;
    }

    private static int Shift(ShCall call)
    {
        if (call.Shell.Arguments.Count == 0)
        {
            return 1;
        }

        call.Shell.Arguments = [.. call.Shell.Arguments.Skip(1)];
        return 0;
    }

    private static int Read(ShCall call)
    {
        string? line = call.Streams.In.ReadLine();
        string[] names = call.Operands.Count == 0 ? ["REPLY"] : [.. call.Operands];
        char[] separators = (call.Shell.Get("IFS") ?? " \t\n").ToCharArray();
        // Several blanks in a row separate once; other separators separate each time.
        char[] blanks = [.. separators.Where(char.IsWhiteSpace)];
        string rest = (line ?? string.Empty).Trim(blanks.Length == 0 ? ['\0'] : blanks);
        for (int i = 0; i < names.Length; i++)
        {
            bool last = i == names.Length - 1;
            int end = last || separators.Length == 0 ? -1 : rest.IndexOfAny(separators);
            call.Shell.Variables[names[i]] = end < 0 ? rest : rest.Substring(0, end);
            rest = end < 0 ? string.Empty : rest.Substring(end + 1);
            if (blanks.Length > 0) rest = rest.TrimStart(blanks);
        }

        return line is null ? 1 : 0;
    }

    private static Task<int> Command(ShCall call) => call.Has("-v") || call.Has("-V")
        ? Task.FromResult(Find(call, call.Operands))
        : ShCommands.Run(call.With(call.Arguments));

    private static int Find(ShCall call, IEnumerable<string> names)
    {
        int code = 0;
        foreach (string name in names)
        {
            if (ShCommands.IsKnown(call.Shell, name))
            {
                call.Print(name.IndexOf('/') >= 0 ? name : $"/usr/bin/{name}");
            }
            else
            {
                code = 1;
            }
        }

        return code;
    }

    private static int Trap(ShCall call)
    {
        if (call.Operands.Skip(1).Any(static s => s is "EXIT" or "0"))
        {
            call.Shell.ExitTrap = call.Operands[0];
        }

        return 0;
    }

    private static async Task<int> Wait(ShCall call)
    {
        int code = 0;
        foreach (GuestProcess child in call.Shell.Children)
        {
            code = await child.Exit.ConfigureAwait(false);
        }

        call.Shell.Children.Clear();
        return code;
    }

    private static async Task<int> Sleep(ShCall call)
    {
        foreach (string duration in call.Arguments)
        {
            await call.Machine.Delay(Duration(duration)).ConfigureAwait(false);
        }

        return 0;
    }
}
