using System.Text;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary><c>sed</c> with <c>s/…/…/[g]</c>, <c>/…/d</c>, <c>/…/p</c>; <c>-n</c>, <c>-E</c>, <c>-i</c>.</summary>
internal static class SedCommand
{
    public static int Run(ShCall call)
    {
        List<string> operands = [.. call.Operands];
        var scripts = new List<string>();
        while (operands.Count > 0 && (scripts.Count == 0 || call.Value("-e") == operands[0]))
        {
            scripts.Add(operands[0]);
            operands.RemoveAt(0);
        }

        bool inPlace = call.Has('i') || call.Arguments.Any(static a => a.StartsWith("--in-place", StringComparison.Ordinal));
        if (!inPlace)
        {
            string? text = call.ReadOperands(operands);
            call.Out.Append(Edit(call, text ?? string.Empty, scripts));
            return text is null ? 2 : 0;
        }

        foreach (string path in operands.Select(call.Shell.Full))
        {
            if (call.Files.Read(path) is not { } text)
            {
                return call.Fail($"can't read {path}: No such file or directory", 2);
            }

            call.Files.Write(path, Edit(call, text, scripts));
        }

        return 0;
    }

    private static string Edit(ShCall call, string text, IEnumerable<string> scripts)
    {
        IEnumerable<string> lines = ShCall.Lines(text);
        foreach (string command in scripts.SelectMany(static s => s.Split(';')).Select(static s => s.Trim()))
        {
            lines = Apply(call, [.. lines], command);
        }

        var result = new StringBuilder();
        foreach (string line in lines)
        {
            result.Append(line).Append('\n');
        }

        return result.ToString();
    }

    private static string[] Apply(ShCall call, string[] lines, string command)
    {
        Match address = Regex.Match(command, @"^/(?<re>(\\/|[^/])*)/(?<do>[dp])$");
        if (address.Success)
        {
            var expression = new Regex(address.Groups["re"].Value);
            bool keep = address.Groups["do"].Value == "p";
            return [.. lines.Where(l => expression.IsMatch(l) == keep)];
        }

        if (command.Length > 3 && command[0] == 's')
        {
            char mark = command[1];
            string[] parts = command.Substring(2).Split(mark);
            if (parts.Length == 3)
            {
                string by = Regex.Replace(parts[1], @"\\(\d)", "$${$1}").Replace("&", "$0");
                string pattern = call.Has('E') || call.Has('r')
                    ? parts[0]
                    : parts[0].Replace(@"\(", "\u0001").Replace(@"\)", "\u0002").Replace("(", @"\(").Replace(")", @"\)")
                        .Replace('\u0001', '(').Replace('\u0002', ')');
                var expression = new Regex(pattern);
                int count = parts[2].Contains('g') ? -1 : 1;
                return [.. lines.Select(l => (Line: expression.Replace(l, by, count), Hit: expression.IsMatch(l)))
                    .Where(l => !call.Has('n') || l.Hit).Select(static l => l.Line)];
            }
        }

        call.Shell.Note($"sed: '{command}' is not modelled");
        return lines;
    }
}
