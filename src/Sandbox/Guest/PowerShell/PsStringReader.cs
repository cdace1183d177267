using System.Text;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Reads quoted strings, here-strings and the variables inside them.</summary>
internal sealed class PsStringReader(PsReader reader, Func<string, PsNode> parse)
{
    private static readonly Regex s_variable = new(
        @"\G\$(\{(?<braced>[^}]+)\}|(?<name>((env|script|global|local|using):)?\w+|[?_]))",
        RegexOptions.IgnoreCase);

    /// <summary>Reads a single-quoted string; the position is at its quote.</summary>
    public PsNode Single()
    {
        var text = new StringBuilder();
        reader.Position++;
        while (!reader.AtEnd)
        {
            if (reader.Current == '\'' && reader.Peek() != '\'')
            {
                reader.Position++;
                return PsNode.Literal(text.ToString());
            }

            reader.Position += reader.Current == '\'' ? 1 : 0;
            text.Append(reader.Current);
            reader.Position++;
        }

        throw reader.Error("The string is missing the terminator: '.");
    }

    /// <summary>Reads a double-quoted string; the position is at its quote.</summary>
    public PsNode Double()
    {
        reader.Position++;
        var parts = new List<PsNode?>();
        var text = new StringBuilder();
        while (!reader.AtEnd)
        {
            if (reader.Current == '"' && reader.Peek() != '"')
            {
                reader.Position++;
                return Join(parts, text);
            }

            if (reader.Current == '"')
            {
                reader.Position++;
            }

            Part(parts, text);
        }

        throw reader.Error("The string is missing the terminator: \".");
    }

    /// <summary>Reads a here-string; the position is at its <c>@</c>.</summary>
    public PsNode Here()
    {
        bool expand = reader.Peek() == '"';
        string end = expand ? "\n\"@" : "\n'@";
        reader.Position += 2;
        int start = reader.Position;
        while (!reader.AtEnd && reader.Current != '\n')
        {
            reader.Position++;
        }

        start = reader.Position;
        while (!reader.AtEnd && !reader.StartsWith(end))
        {
            reader.Position++;
        }

        if (reader.AtEnd)
        {
            throw reader.Error("The here-string is missing its terminator.");
        }

        string text = start == reader.Position ? string.Empty : reader.Slice(start + 1, reader.Position);
        reader.Position += end.Length;
        return expand ? Expand(text) : PsNode.Literal(text);
    }

    /// <summary>Expands the variables of a text that stands without quotes.</summary>
    public PsNode Expand(string text)
    {
        var inner = new PsReader(text);
        var strings = new PsStringReader(inner, parse);
        var parts = new List<PsNode?>();
        var buffer = new StringBuilder();
        while (!inner.AtEnd)
        {
            strings.Part(parts, buffer);
        }

        return Join(parts, buffer);
    }

    /// <summary>Reads <c>$(…)</c>; the position is at its dollar. Returns the text between the brackets.</summary>
    public string Bracketed()
    {
        reader.Position += 2;
        int start = reader.Position;
        int depth = 1;
        while (!reader.AtEnd && depth > 0)
        {
            switch (reader.Current)
            {
                case '\'':
                    Single();
                    continue;
                case '"':
                    Double();
                    continue;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
            }

            reader.Position++;
        }

        return depth == 0 ? reader.Slice(start, reader.Position - 1) : throw reader.Error("Missing closing ')'.");
    }

    private void Part(List<PsNode?> parts, StringBuilder text)
    {
        if (reader.Current == '`' && reader.Peek() != '\0')
        {
            reader.Position++;
            text.Append(reader.Current switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', char c => c });
            reader.Position++;
            return;
        }

        if (reader.StartsWith("$("))
        {
            Flush(parts, text);
            parts.Add(new PsNode(PsNodeKind.SubExpression, string.Empty, parse(Bracketed())));
            return;
        }

        if (reader.Current == '$' && reader.Take(s_variable) is { } match)
        {
            Flush(parts, text);
            string name = match.Groups["braced"].Success ? match.Groups["braced"].Value : match.Groups["name"].Value;
            parts.Add(new PsNode(PsNodeKind.Variable, name));
            return;
        }

        text.Append(reader.Current);
        reader.Position++;
    }

    private static void Flush(List<PsNode?> parts, StringBuilder text)
    {
        if (text.Length > 0)
        {
            parts.Add(PsNode.Literal(text.ToString()));
            text.Clear();
        }
    }

    private static PsNode Join(List<PsNode?> parts, StringBuilder text)
    {
        Flush(parts, text);
        return parts.All(static p => p!.Kind == PsNodeKind.Literal)
            ? PsNode.Literal(string.Concat(parts.Select(static p => p!.Value)))
            : new PsNode(PsNodeKind.Expandable, string.Empty, [.. parts]);
    }
}
