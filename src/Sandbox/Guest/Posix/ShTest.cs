using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary><c>test</c>, <c>[</c> and the simple forms of <c>[[</c>.</summary>
internal static class ShTest
{
    public static int Run(ShCall call, IReadOnlyList<string> arguments) => Or(call, [.. arguments]) ? 0 : 1;

    private static bool Or(ShCall call, string[] arguments)
    {
        int index = Array.IndexOf(arguments, "-o", Math.Min(1, arguments.Length));
        return index > 0
            ? And(call, [.. arguments.Take(index)]) || Or(call, [.. arguments.Skip(index + 1)])
            : And(call, arguments);
    }

    private static bool And(ShCall call, string[] arguments)
    {
        int index = Array.IndexOf(arguments, "-a", Math.Min(1, arguments.Length));
        return index > 0
            ? Single(call, [.. arguments.Take(index)]) && And(call, [.. arguments.Skip(index + 1)])
            : Single(call, arguments);
    }

    private static bool Single(ShCall call, string[] arguments) => arguments.Length switch
    {
        0 => false,
        1 => arguments[0].Length > 0,
        _ when arguments[0] == "!" => !Single(call, [.. arguments.Skip(1)]),
        2 => Unary(call, arguments[0], arguments[1]),
        _ => Binary(arguments[0], arguments[1], arguments[2]),
    };

    private static bool Unary(ShCall call, string sign, string value)
    {
        string path = call.Shell.Full(value);
        return sign switch
        {
            "-n" => value.Length > 0,
            "-z" => value.Length == 0,
            "-e" => call.Files.Exists(path),
            "-f" or "-r" or "-w" => call.Files.IsFile(path),
            "-x" => call.Files.IsFile(path) || ShCommands.IsKnown(call.Shell, value),
            "-d" => call.Files.IsDirectory(path),
            "-s" => !string.IsNullOrEmpty(call.Files.Read(path)) || call.Files.IsDirectory(path),
            _ => false,
        };
    }

    private static bool Binary(string left, string sign, string right) => sign switch
    {
        "=" => left == right,
        "==" => ShPattern.Fits(left, right),
        "!=" => left != right,
        "=~" => Regex.IsMatch(left, right),
        "-eq" => Number(left) == Number(right),
        "-ne" => Number(left) != Number(right),
        "-lt" => Number(left) < Number(right),
        "-le" => Number(left) <= Number(right),
        "-gt" => Number(left) > Number(right),
        "-ge" => Number(left) >= Number(right),
        _ => false,
    };

    private static long Number(string text) =>
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : 0;
}
