using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Commands that read and change text.</summary>
internal static class TextCommands
{
    public static IReadOnlyDictionary<string, Func<ShCall, Task<int>>> Commands { get; } =
        new Dictionary<string, Func<ShCall, int>>
        {
            ["grep"] = Grep,
            ["egrep"] = Grep,
            ["fgrep"] = Grep,
            ["sed"] = SedCommand.Run,
            ["awk"] = Awk,
            ["cut"] = Cut,
            ["tr"] = Translate,
            ["sort"] = Sort,
            ["uniq"] = Unique,
            ["head"] = static c => Ends(c, fromEnd: false),
            ["tail"] = static c => Ends(c, fromEnd: true),
            ["wc"] = Count,
        }.ToDictionary(static p => p.Key, static p => (Func<ShCall, Task<int>>)(c => Task.FromResult(p.Value(c))));

    private static int Grep(ShCall call)
    {
        List<string> operands = [.. call.Operands];
        string? pattern = call.Value("-e");
        if (pattern is null)
        {
            if (operands.Count == 0)
            {
                return call.Fail("usage: grep PATTERN [FILE]", 2);
            }

            pattern = operands[0];
            operands.RemoveAt(0);
        }
        else
        {
            operands.Remove(pattern);
        }

        string? text = call.Has('s') || call.Has('r') ? ReadSilently(call, operands) : call.ReadOperands(operands);
        if (text is null)
        {
            return 2;
        }

        bool literal = call.Has('F') || call.Name == "fgrep";
        string wanted = literal ? Regex.Escape(pattern) : Extended(pattern, call.Has('E') || call.Name == "egrep");
        var expression = new Regex(
            call.Has('x') ? $"^(?:{wanted})$" : wanted,
            call.Has('i') ? RegexOptions.IgnoreCase : RegexOptions.None);
        string[] found = [.. ShCall.Lines(text).Where(l => expression.IsMatch(l) != call.Has('v'))];
        return Show(call, expression, found);
    }

    private static int Show(ShCall call, Regex expression, string[] found)
    {
        if (call.Has('c'))
        {
            call.Print(found.Length.ToString(CultureInfo.InvariantCulture));
        }
        else if (call.Has('o'))
        {
            found.SelectMany(l => expression.Matches(l).Cast<Match>()).ToList().ForEach(m => call.Print(m.Value));
        }
        else if (!call.Has('q'))
        {
            found.ToList().ForEach(l => call.Print(l));
        }

        return found.Length > 0 ? 0 : 1;
    }

    private static string ReadSilently(ShCall call, IEnumerable<string> operands) => string.Concat(operands
        .SelectMany(o => call.Files.Below(call.Shell.Full(o)).Append(call.Shell.Full(o)))
        .Select(call.Files.Read));

    // Basic expressions escape what extended ones do not.
    private static string Extended(string pattern, bool extended) => extended
        ? pattern.Replace("[[:space:]]", @"\s").Replace("[[:digit:]]", @"\d")
        : Regex.Replace(pattern.Replace("[[:space:]]", @"\s"), @"\\?[+?|(){}]", static m =>
            m.Value.Length == 2 ? m.Value.Substring(1) : "\\" + m.Value);

    private static int Awk(ShCall call)
    {
        string? separator = call.Value("-F") ?? call.Arguments.FirstOrDefault(static a =>
            a.Length > 2 && a.StartsWith("-F", StringComparison.Ordinal))?.Substring(2);
        List<string> operands = [.. call.Operands.Where(o => o != separator)];
        Match program = Regex.Match(
            operands.FirstOrDefault() ?? string.Empty, @"^\s*(/(?<re>[^/]*)/)?\s*\{\s*print\s*\$(?<n>NF|\d+)\s*;?\s*\}\s*$");
        if (!program.Success)
        {
            call.Shell.Note("awk: only '/pattern/ {print $n}' is modelled");
            return 0;
        }

        string? text = call.ReadOperands(operands.Skip(1));
        foreach (string line in ShCall.Lines(text ?? string.Empty).Where(l => Regex.IsMatch(l, program.Groups["re"].Value)))
        {
            string[] fields = separator is null
                ? line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
                : line.Split([separator], StringSplitOptions.None);
            string which = program.Groups["n"].Value;
            int index = which == "NF" ? fields.Length : int.Parse(which, CultureInfo.InvariantCulture);
            call.Print(index == 0 ? line : fields.ElementAtOrDefault(index - 1) ?? string.Empty);
        }

        return text is null ? 2 : 0;
    }

    private static int Cut(ShCall call)
    {
        string delimiter = call.Value("-d") ?? Attached(call, "-d") ?? "\t";
        string? wanted = call.Value("-f") ?? Attached(call, "-f");
        IEnumerable<string> files = call.Operands.Where(o => o != wanted && o != delimiter);
        string? text = call.ReadOperands(files);
        foreach (string line in ShCall.Lines(text ?? string.Empty))
        {
            string[] fields = line.Split([delimiter], StringSplitOptions.None);
            IEnumerable<string> chosen = (wanted ?? "1").Split(',').SelectMany(f => Range(f, fields));
            call.Print(fields.Length == 1 ? line : string.Join(delimiter, chosen));
        }

        return text is null ? 1 : 0;
    }

    private static string[] Range(string range, string[] fields)
    {
        string[] ends = range.Split('-');
        int from = Number(ends[0], 1);
        int to = ends.Length == 1 ? from : Number(ends[1], fields.Length);
        return [.. fields.Skip(from - 1).Take(to - from + 1)];
    }

    private static string? Attached(ShCall call, string name) => call.Arguments
        .FirstOrDefault(a => a.Length > name.Length && a.StartsWith(name, StringComparison.Ordinal))?.Substring(name.Length);

    private static int Translate(ShCall call)
    {
        string from = Set(call.Operands.FirstOrDefault() ?? string.Empty);
        string to = Set(call.Operands.ElementAtOrDefault(1) ?? string.Empty);
        foreach (char c in call.Streams.In.ReadToEnd())
        {
            int index = from.IndexOf(c);
            if (index < 0)
            {
                call.Out.Append(c);
            }
            else if (!call.Has('d') && to.Length > 0)
            {
                call.Out.Append(to[Math.Min(index, to.Length - 1)]);
            }
        }

        return 0;
    }

    private static string Set(string text) => Regex.Replace(
        ShPrintf.Unescape(text.Replace("[:upper:]", "A-Z").Replace("[:lower:]", "a-z")),
        "(.)-(.)",
        static m => string.Concat(Enumerable.Range(m.Groups[1].Value[0], m.Groups[2].Value[0] - m.Groups[1].Value[0] + 1)
            .Select(static c => (char)c)));

    private static int Sort(ShCall call)
    {
        string[] lines = ShCall.Lines(call.ReadOperands(call.Operands) ?? string.Empty);
        IEnumerable<string> sorted = call.Has('n')
            ? lines.OrderBy(static l => Number(l, 0))
            : lines.OrderBy(static l => l, StringComparer.Ordinal);
        sorted = call.Has('u') ? sorted.Distinct() : sorted;
        foreach (string line in call.Has('r') ? sorted.Reverse() : sorted)
        {
            call.Print(line);
        }

        return 0;
    }

    private static int Unique(ShCall call)
    {
        string? before = null;
        foreach (string line in ShCall.Lines(call.ReadOperands(call.Operands) ?? string.Empty).Where(l => l != before))
        {
            call.Print(before = line);
        }

        return 0;
    }

    private static int Ends(ShCall call, bool fromEnd)
    {
        if (call.Value("-c") is { } bytes)
        {
            return EndBytes(call, bytes, fromEnd);
        }

        string? given = call.Value("-n") ?? call.Arguments.FirstOrDefault(static a => Regex.IsMatch(a, @"^-n?\d+$"));
        int count = Number((given ?? "10").TrimStart('-', 'n'), 10);
        string? text = call.ReadOperands(call.Operands.Where(o => o != given));
        string[] lines = ShCall.Lines(text ?? string.Empty);
        foreach (string line in fromEnd ? lines.Skip(lines.Length - count) : lines.Take(count))
        {
            call.Print(line);
        }

        return text is null ? 1 : 0;
    }

    // tail -c +N begins with the Nth byte.
    private static int EndBytes(ShCall call, string given, bool fromEnd)
    {
        string? text = call.ReadOperands(call.Operands.Where(o => o != given));
        byte[] bytes = GuestBytes.Of(text ?? string.Empty);
        int count = Number(given.TrimStart('+', '-'), 0);
        int from = !fromEnd ? 0 : given[0] == '+' ? Math.Min(Math.Max(count - 1, 0), bytes.Length) : Math.Max(bytes.Length - count, 0);
        int to = fromEnd ? bytes.Length : Math.Min(count, bytes.Length);
        call.Out.Append(GuestBytes.Text([.. bytes.Skip(from).Take(to - from)]));
        return text is null ? 1 : 0;
    }

    private static int Count(ShCall call)
    {
        string? text = call.ReadOperands(call.Operands);
        if (text is null)
        {
            return 1;
        }

        int lines = text.Count(static c => c == '\n');
        int words = text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
        return call.Print(call.Has('l') ? $"{lines}" : call.Has('c') ? $"{GuestBytes.Of(text).Length}" : call.Has('w') ? $"{words}"
            : $"{lines} {words} {GuestBytes.Of(text).Length}");
    }

    private static int Number(string text, int otherwise) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
