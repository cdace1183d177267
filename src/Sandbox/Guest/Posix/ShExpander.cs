using System.Globalization;
using System.Text;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Expands words: parameters, substitutions, splitting into fields, path names.</summary>
internal sealed class ShExpander(ShShell shell, Func<ShNode, Task<string>> capture)
{
    /// <summary>Expands words into the fields of a command.</summary>
    public async Task<List<string>> Fields(IEnumerable<ShWord> words)
    {
        var fields = new List<string>();
        foreach (ShWord word in words)
        {
            fields.AddRange(await Fields(word).ConfigureAwait(false));
        }

        return fields;
    }

    /// <summary>Expands a word into one text, neither split nor matched against files.</summary>
    public async Task<string> Text(ShWord word)
    {
        var text = new StringBuilder();
        foreach (ShPart part in word.Parts)
        {
            text.Append(string.Join(" ", await Values(part).ConfigureAwait(false)));
        }

        return text.ToString();
    }

    private async Task<IEnumerable<string>> Fields(ShWord word)
    {
        var fields = new List<StringBuilder>();
        bool pattern = false;
        bool open = false;
        foreach (ShPart part in word.Parts)
        {
            IReadOnlyList<string> values = await Values(part).ConfigureAwait(false);
            IReadOnlyList<string> pieces = part.Quoted || part.Kind == ShPartKind.Text ? values : Split(values);
            pattern |= !part.Quoted && pieces.Any(static p => p.IndexOfAny(['*', '?']) >= 0);
            for (int i = 0; i < pieces.Count; i++)
            {
                if (i == 0 && open)
                {
                    fields[fields.Count - 1].Append(pieces[i]);
                }
                else
                {
                    fields.Add(new StringBuilder(pieces[i]));
                }

                open = true;
            }
        }

        IEnumerable<string> texts = fields.Select(static f => f.ToString());
        return pattern ? texts.SelectMany(Match) : texts;
    }

    private IEnumerable<string> Match(string field)
    {
        if (field.IndexOfAny(['*', '?']) < 0)
        {
            return [field];
        }

        IReadOnlyList<string> found = shell.Machine.Disk.Files.Match(shell.Full(field));
        return found.Count == 0 ? [field] : found;
    }

    private IReadOnlyList<string> Split(IEnumerable<string> values)
    {
        char[] separators = (shell.Get("IFS") ?? " \t\n").ToCharArray();
        return separators.Length == 0
            ? [.. values]
            : [.. values.SelectMany(v => v.Split(separators, StringSplitOptions.RemoveEmptyEntries))];
    }

    private async Task<IReadOnlyList<string>> Values(ShPart part)
    {
        switch (part.Kind)
        {
            case ShPartKind.Text:
                return [part is { Quoted: false } ? Tilde(part.Text) : part.Text];
            case ShPartKind.Command:
                return [(await capture(part.Body!).ConfigureAwait(false)).TrimEnd('\n')];
            case ShPartKind.Arithmetic:
                return [ShArithmetic.Evaluate(part.Text, n => shell.Get(n)).ToString(CultureInfo.InvariantCulture)];
            default:
                return await Parameter(part).ConfigureAwait(false);
        }
    }

    private string Tilde(string text) =>
        text == "~" || text.StartsWith("~/", StringComparison.Ordinal) ? shell.Get("HOME") + text.Substring(1) : text;

    private async Task<IReadOnlyList<string>> Parameter(ShPart part)
    {
        if (part.Text is "@" or "*" && part.Operator.Length == 0)
        {
            return part.Text == "@" || !part.Quoted ? shell.Arguments : [string.Join(" ", shell.Arguments)];
        }

        string? value = Value(part.Text);
        string operand = part.Operand is null ? string.Empty : await Text(part.Operand).ConfigureAwait(false);
        bool empty = part.Operator.StartsWith(":", StringComparison.Ordinal) ? string.IsNullOrEmpty(value) : value is null;
        switch (part.Operator.TrimStart(':'))
        {
            case "length":
                return [(value ?? string.Empty).Length.ToString(CultureInfo.InvariantCulture)];
            case "-":
                return [empty ? operand : value!];
            case "=":
                shell.Variables[part.Text] = empty ? operand : value!;
                return [shell.Variables[part.Text]];
            case "+":
                return [empty ? string.Empty : operand];
            case "#" or "##" or "%" or "%%":
                return [ShPattern.Trim(value ?? string.Empty, operand, part.Operator)];
            default:
                return [value ?? string.Empty];
        }
    }

    private string? Value(string name) => name switch
    {
        "?" => shell.LastExit.ToString(CultureInfo.InvariantCulture),
        "#" => shell.Arguments.Count.ToString(CultureInfo.InvariantCulture),
        "$" => "2001",
        "!" => shell.Children.LastOrDefault()?.Id.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        "0" => shell.Name,
        "-" => string.Empty,
        _ when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) =>
            shell.Arguments.ElementAtOrDefault(index - 1),
        _ => shell.Get(name),
    };
}
