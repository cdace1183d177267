using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>
/// <c>sed</c> with <c>s/…/…/[gp]</c>, <c>d</c> and <c>p</c>, addresses <c>N</c>, <c>$</c>, <c>N,M</c>, <c>/…/</c>, and the
/// switches <c>-n -e -E -r -i</c>.
/// </summary>
internal sealed class SedCommand
{
    private static readonly Regex s_command = new(@"^(?<a>\d+|\$|/(\\.|[^/\\])*/)?(,(?<b>\d+|\$))?\s*(?<do>[dps])(?<rest>.*)$");

    private readonly ShCall _call;
    private readonly bool _quiet;
    private readonly bool _extended;

    private SedCommand(ShCall call)
    {
        _call = call;
        _quiet = call.Has('n');
        _extended = call.Has('E') || call.Has('r');
    }

    public static int Run(ShCall call)
    {
        var scripts = new List<string>();
        var files = new List<string>();
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            string argument = call.Arguments[i];
            if (argument == "-e")
            {
                scripts.Add(call.Arguments[++i]);
            }
            else if (!argument.StartsWith("-", StringComparison.Ordinal) || argument == "-")
            {
                files.Add(argument);
            }
        }

        if (scripts.Count == 0 && files.Count > 0)
        {
            scripts.Add(files[0]);
            files.RemoveAt(0);
        }

        bool inPlace = call.Has('i') || call.Arguments.Any(static a => a.StartsWith("--in-place", StringComparison.Ordinal));
        return new SedCommand(call).Run(scripts, files, inPlace);
    }

    private int Run(List<string> scripts, List<string> files, bool inPlace)
    {
        if (!inPlace)
        {
            string? text = _call.ReadOperands(files);
            _call.Out.Append(Edit(text ?? string.Empty, scripts));
            return text is null ? 2 : 0;
        }

        foreach (string path in files.Select(_call.Shell.Full))
        {
            if (_call.Files.Read(path) is not { } text)
            {
                return _call.Fail($"can't read {path}: No such file or directory", 2);
            }

            _call.Files.Write(path, Edit(text, scripts));
        }

        return 0;
    }

    private string Edit(string text, IEnumerable<string> scripts)
    {
        Match[] commands = [.. scripts.SelectMany(Commands).Select(c => s_command.Match(c))];
        string[] lines = ShCall.Lines(text);
        // A last line without an end stays without one.
        string end = text.Length > 0 && !text.EndsWith("\n", StringComparison.Ordinal) ? string.Empty : "\n";
        var result = new StringBuilder();
        for (int i = 0; i < lines.Length; i++)
        {
            string close = i == lines.Length - 1 ? end : "\n";
            Apply(commands, lines[i], i + 1, lines.Length, close, result);
        }

        return result.ToString();
    }

    private void Apply(Match[] commands, string line, int number, int count, string close, StringBuilder result)
    {
        foreach (Match command in commands.Where(c => IsAddressed(c, line, number, count)))
        {
            switch (command.Groups["do"].Value)
            {
                case "d":
                    return;
                case "p":
                    result.Append(line).Append(close);
                    break;
                default:
                    string rest = command.Groups["rest"].Value;
                    string changed = Substitute(rest, line);
                    if (Split(rest) is [_, _, string flags] && flags.Contains('p') && Fits(rest, line)) result.Append(changed).Append(close);
                    line = changed;
                    break;
            }
        }

        if (!_quiet)
        {
            result.Append(line).Append(close);
        }
    }

    // A semicolon inside a substitution does not part commands; only the simple case is told apart.
    private IEnumerable<string> Commands(string script)
    {
        string trimmed = script.Trim();
        string[] parts = trimmed.StartsWith("s", StringComparison.Ordinal) ? [trimmed] : trimmed.Split(';');
        foreach (string part in parts.Select(static p => p.Trim()).Where(static p => p.Length > 0))
        {
            if (s_command.IsMatch(part))
            {
                yield return part;
            }
            else
            {
                _call.Shell.Note($"sed: '{part}' is not modelled");
            }
        }
    }

    private bool IsAddressed(Match command, string line, int number, int count)
    {
        string from = command.Groups["a"].Value;
        if (from.Length == 0)
        {
            return true;
        }

        if (from[0] == '/')
        {
            return new Regex(Pattern(from.Substring(1, from.Length - 2))).IsMatch(line);
        }

        int first = Line(from, count);
        return number >= first && number <= (command.Groups["b"].Success ? Line(command.Groups["b"].Value, count) : first);
    }

    private string Substitute(string rest, string line)
    {
        string[] parts = Split(rest);
        if (parts.Length != 3)
        {
            _call.Shell.Note($"sed: 's{rest}' is not modelled");
            return line;
        }

        var expression = new Regex(Pattern(parts[0]));
        return expression.Replace(line, m => Replacement(parts[1], m), parts[2].Contains('g') ? -1 : 1);
    }

    private bool Fits(string rest, string line) => new Regex(Pattern(Split(rest)[0])).IsMatch(line);

    // Parts between unescaped delimiters; the escape stays unless it protects the delimiter.
    private static string[] Split(string rest)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        for (int i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '\\' && i + 1 < rest.Length)
            {
                part.Append(rest[i + 1] == rest[0] ? string.Empty : "\\").Append(rest[++i]);
            }
            else if (rest[i] == rest[0])
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(rest[i]);
            }
        }

        parts.Add(part.ToString());
        return [.. parts];
    }

    private static string Replacement(string text, Match match)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '&')
            {
                result.Append(match.Value);
            }
            else if (text[i] == '\\' && i + 1 < text.Length)
            {
                char next = text[++i];
                result.Append(char.IsDigit(next) ? match.Groups[next - '0'].Value : next == 'n' ? "\n" : next.ToString());
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    // Basic expressions escape what extended ones do not.
    private string Pattern(string pattern) => _extended ? pattern : Regex.Replace(pattern, @"\\.|[+?|(){}]", static m =>
        m.Value.Length == 1 ? "\\" + m.Value : "+?|(){}".IndexOf(m.Value[1]) >= 0 ? m.Value.Substring(1) : m.Value);

    private static int Line(string address, int count) =>
        address == "$" ? count : int.Parse(address, CultureInfo.InvariantCulture);
}
