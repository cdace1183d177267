using System.Text;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>One call of a command.</summary>
/// <param name="Shell">The shell that calls.</param>
/// <param name="Fields">The command's name and its arguments.</param>
/// <param name="Streams">The standard streams.</param>
internal sealed record ShCall(ShShell Shell, IReadOnlyList<string> Fields, ShStreams Streams)
{
    /// <summary>The command's name without its path.</summary>
    public string Name => Fields[0].Substring(Fields[0].LastIndexOf('/') + 1);

    public IReadOnlyList<string> Arguments { get; } = [.. Fields.Skip(1)];

    public GuestMachine Machine => Shell.Machine;

    public GuestFileSystem Files => Shell.Machine.Disk.Files;

    public StringBuilder Out => Streams.Out;

    /// <summary>Arguments that are no switches.</summary>
    public IReadOnlyList<string> Operands =>
        [.. Arguments.Where(static a => a.Length < 2 || !a.StartsWith("-", StringComparison.Ordinal))];

    /// <summary>The last operand; empty when there is none.</summary>
    public string LastOperand => Operands.LastOrDefault() ?? string.Empty;

    /// <summary>True when a one-letter switch is given, alone or together with others: <c>-rf</c>.</summary>
    public bool Has(char letter) => Arguments.Any(a =>
        a.Length > 1 && a[0] == '-' && a[1] != '-' && a.IndexOf(letter) > 0);

    /// <summary>True when a long switch is given.</summary>
    public bool Has(string name) => Arguments.Contains(name);

    /// <summary>The value behind a switch, or null.</summary>
    public string? Value(string name)
    {
        int index = Arguments.ToList().IndexOf(name);
        return index >= 0 && index + 1 < Arguments.Count
            ? Arguments[index + 1]
            : Arguments.FirstOrDefault(a => a.StartsWith(name + "=", StringComparison.Ordinal))?.Substring(name.Length + 1);
    }

    public int Fail(string message, int code = 1)
    {
        Streams.Error.Append(Name).Append(": ").Append(message).Append('\n');
        return code;
    }

    public int Print(string line)
    {
        Out.Append(line).Append('\n');
        return 0;
    }

    /// <summary>The same call for other fields: what <c>sudo</c>, <c>env</c> and <c>nohup</c> do.</summary>
    public ShCall With(IEnumerable<string> fields) => new(Shell, [.. fields], Streams);

    /// <summary>Text of the files named, or of the input when none is; null after a complaint about a missing file.</summary>
    public string? ReadOperands(IEnumerable<string> files)
    {
        string[] names = [.. files];
        if (names.Length == 0)
        {
            return Streams.In.ReadToEnd();
        }

        var text = new StringBuilder();
        foreach (string name in names)
        {
            string? content = name == "-" ? Streams.In.ReadToEnd() : Files.Read(Shell.Full(name));
            if (content is null)
            {
                Fail($"{name}: No such file or directory");
                return null;
            }

            text.Append(content);
        }

        return text.ToString();
    }

    /// <summary>Lines of a text, without the empty one behind the last line end.</summary>
    public static string[] Lines(string text) =>
        text.Length == 0
            ? []
            : (text.EndsWith("\n", StringComparison.Ordinal) ? text.Substring(0, text.Length - 1) : text).Split('\n');

    /// <summary>Arguments may hold secrets; only the name is shown.</summary>
    public override string ToString() => Name;
}
