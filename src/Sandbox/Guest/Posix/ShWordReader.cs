using System.Text;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Reads words: quotes, parameters, command and arithmetic substitutions.</summary>
internal sealed class ShWordReader(ShReader reader, Func<string, ShNode> parse)
{
    private const string Ends = " \t\n;&|<>()";

    /// <summary>Reads a word, or null when the next character ends one.</summary>
    public ShWord? Read() => Read(static c => Ends.IndexOf(c) >= 0);

    /// <summary>Takes a text apart as the inside of double quotes: for here-documents.</summary>
    public static ShWord Document(string text, Func<string, ShNode> parse)
    {
        var inner = new ShWordReader(new ShReader(text), parse);
        var parts = new List<ShPart>();
        inner.ReadQuoted(parts, '\0');
        return new ShWord(parts);
    }

    private ShWord? Read(Func<char, bool> ends)
    {
        var parts = new List<ShPart>();
        var text = new StringBuilder();
        while (!reader.AtEnd && !ends(reader.Current))
        {
            ReadPart(parts, text);
        }

        Flush(parts, text, quoted: false);
        return parts.Count == 0 ? null : new ShWord(parts);
    }

    private void ReadPart(List<ShPart> parts, StringBuilder text)
    {
        switch (reader.Current)
        {
            case '\\':
                reader.Position++;
                Flush(parts, text, quoted: false);
                if (!reader.AtEnd && reader.Current != '\n')
                {
                    parts.Add(new ShPart(ShPartKind.Text, reader.Current.ToString(), Quoted: true));
                }

                reader.Position++;
                break;
            case '\'':
                Flush(parts, text, quoted: false);
                parts.Add(new ShPart(ShPartKind.Text, ReadSingleQuoted(), Quoted: true));
                break;
            case '"':
                Flush(parts, text, quoted: false);
                reader.Position++;
                ReadQuoted(parts, '"');
                break;
            case '$':
            case '`':
                Flush(parts, text, quoted: false);
                parts.Add(ReadSubstitution(quoted: false));
                break;
            default:
                text.Append(reader.Next());
                break;
        }
    }

    private string ReadSingleQuoted()
    {
        int start = ++reader.Position;
        while (!reader.AtEnd && reader.Current != '\'')
        {
            reader.Position++;
        }

        if (reader.AtEnd)
        {
            throw reader.Error("unterminated quoted string");
        }

        return reader.Slice(start, reader.Position++);
    }

    private void ReadQuoted(List<ShPart> parts, char end)
    {
        var text = new StringBuilder();
        int before = parts.Count;
        while (!reader.AtEnd && (end == '\0' || reader.Current != end))
        {
            if (reader.Current == '\\' && "$`\"\\\n".IndexOf(reader.Peek()) >= 0 && !(end == '\0' && reader.Peek() == '"'))
            {
                reader.Position++;
                if (reader.Current != '\n')
                {
                    text.Append(reader.Current);
                }

                reader.Position++;
            }
            else if (reader.Current is '$' or '`')
            {
                Flush(parts, text, quoted: true);
                parts.Add(ReadSubstitution(quoted: true));
            }
            else
            {
                text.Append(reader.Next());
            }
        }

        if (end != '\0' && reader.AtEnd)
        {
            throw reader.Error("unterminated quoted string");
        }

        reader.Position += end == '\0' ? 0 : 1;
        Flush(parts, text, quoted: true);
        if (parts.Count == before)
        {
            parts.Add(new ShPart(ShPartKind.Text, string.Empty, Quoted: true));
        }
    }

    private ShPart ReadSubstitution(bool quoted)
    {
        if (reader.Current == '`')
        {
            int start = ++reader.Position;
            while (!reader.AtEnd && reader.Current != '`')
            {
                reader.Position += reader.Current == '\\' ? 2 : 1;
            }

            string body = reader.Slice(start, reader.Position++).Replace("\\`", "`");
            return new ShPart(ShPartKind.Command, string.Empty, quoted) { Body = parse(body) };
        }

        if (reader.StartsWith("$(("))
        {
            reader.Position += 3;
            int start = reader.Position;
            Match(')', 2);
            return new ShPart(ShPartKind.Arithmetic, reader.Slice(start, reader.Position - 2), quoted);
        }

        if (reader.StartsWith("$("))
        {
            reader.Position += 2;
            int start = reader.Position;
            Match(')', 1);
            ShNode body = parse(reader.Slice(start, reader.Position - 1));
            return new ShPart(ShPartKind.Command, string.Empty, quoted) { Body = body };
        }

        return reader.StartsWith("${") ? ReadBraced(quoted) : ReadName(quoted);
    }

    private ShPart ReadName(bool quoted)
    {
        reader.Position++;
        if (!reader.AtEnd && "?#!@*$-0123456789".IndexOf(reader.Current) >= 0)
        {
            return new ShPart(ShPartKind.Parameter, reader.Next().ToString(), quoted);
        }

        int start = reader.Position;
        while (IsNameCharacter(reader.Current))
        {
            reader.Position++;
        }

        return start == reader.Position
            ? new ShPart(ShPartKind.Text, "$", quoted)
            : new ShPart(ShPartKind.Parameter, reader.Slice(start, reader.Position), quoted);
    }

    private ShPart ReadBraced(bool quoted)
    {
        reader.Position += 2;
        bool length = reader.Current == '#' && (IsNameCharacter(reader.Peek()) || reader.Peek() == '@');
        reader.Position += length ? 1 : 0;
        int start = reader.Position;
        while (IsNameCharacter(reader.Current) || (reader.Position == start && "?#!@*$".IndexOf(reader.Current) >= 0))
        {
            reader.Position++;
        }

        string name = reader.Slice(start, reader.Position);
        string sign = string.Empty;
        foreach (string known in new[] { ":-", ":=", ":+", ":?", "##", "%%", "-", "=", "+", "?", "#", "%" })
        {
            if (reader.Take(known))
            {
                sign = known;
                break;
            }
        }

        ShWord? operand = Read(static c => c == '}');
        if (!reader.Take("}"))
        {
            throw reader.Error("missing }");
        }

        return new ShPart(ShPartKind.Parameter, name, quoted)
        {
            Operator = length ? "length" : sign,
            Operand = operand,
        };
    }

    // Leaves the position after the closing brackets.
    private void Match(char close, int count)
    {
        int depth = count;
        while (!reader.AtEnd && depth > 0)
        {
            char c = reader.Next();
            if (c == '\'')
            {
                reader.Position--;
                ReadSingleQuoted();
            }
            else if (c == '"')
            {
                ReadQuoted([], '"');
            }
            else if (c == '\\')
            {
                reader.Position++;
            }
            else
            {
                depth += c == '(' ? 1 : c == close ? -1 : 0;
            }
        }

        if (depth > 0)
        {
            throw reader.Error("missing )");
        }
    }

    private static bool IsNameCharacter(char c) => c == '_' || (c < 128 && char.IsLetterOrDigit(c));

    private static void Flush(List<ShPart> parts, StringBuilder text, bool quoted)
    {
        if (text.Length > 0)
        {
            parts.Add(new ShPart(ShPartKind.Text, text.ToString(), quoted));
            text.Clear();
        }
    }
}
