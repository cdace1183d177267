using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>The characters of a script.</summary>
internal sealed class PsReader(string text)
{
    private readonly string _text = text.Replace("\r\n", "\n");

    public int Position { get; set; }

    public bool AtEnd => Position >= _text.Length;

    public char Current => AtEnd ? '\0' : _text[Position];

    public char Peek(int offset = 1) => Position + offset < _text.Length ? _text[Position + offset] : '\0';

    public string Slice(int from, int to) => _text.Substring(from, to - from);

    public bool StartsWith(string value) => string.CompareOrdinal(_text, Position, value, 0, value.Length) == 0;

    public bool Take(string value)
    {
        if (!StartsWith(value))
        {
            return false;
        }

        Position += value.Length;
        return true;
    }

    /// <summary>Takes one item, or several with commas between them as a list.</summary>
    public PsNode TakeList(Func<PsNode> item)
    {
        PsNode first = item();
        SkipBlanks();
        if (Current != ',')
        {
            return first;
        }

        var items = new List<PsNode?> { first };
        while (Take(","))
        {
            SkipLines();
            items.Add(item());
            SkipBlanks();
        }

        return new PsNode(PsNodeKind.List, string.Empty, [.. items]);
    }

    /// <summary>Takes what fits an expression at this place; null when nothing does.</summary>
    public Match? Take(Regex expression)
    {
        Match match = expression.Match(_text, Position);
        if (!match.Success || match.Index != Position || match.Length == 0)
        {
            return null;
        }

        Position += match.Length;
        return match;
    }

    /// <summary>Looks at the word (letters, digits, hyphens) at this place, in lower case.</summary>
    public string Word()
    {
        int end = Position;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] is '-' or '_'))
        {
            end++;
        }

        return _text.Substring(Position, end - Position).ToLowerInvariant();
    }

    /// <summary>Passes over blanks, continued lines and comments; not over line ends.</summary>
    public void SkipBlanks()
    {
        while (!AtEnd)
        {
            if (Current is ' ' or '\t' or '\uFEFF')
            {
                Position++;
            }
            else if (Current == '`' && Peek() == '\n')
            {
                Position += 2;
            }
            else if (StartsWith("<#"))
            {
                int end = _text.IndexOf("#>", Position, StringComparison.Ordinal);
                Position = end < 0 ? _text.Length : end + 2;
            }
            else if (Current == '#')
            {
                int end = _text.IndexOf('\n', Position);
                Position = end < 0 ? _text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Passes over blanks, comments and line ends.</summary>
    public void SkipLines()
    {
        SkipBlanks();
        while (Current == '\n')
        {
            Position++;
            SkipBlanks();
        }
    }

    /// <summary>Passes over everything that parts statements.</summary>
    public void SkipSeparators()
    {
        SkipLines();
        while (Current == ';')
        {
            Position++;
            SkipLines();
        }
    }

    public void Expect(string value)
    {
        SkipLines();
        if (!Take(value))
        {
            throw Error($"'{value}' expected");
        }
    }

    public PsSyntaxException Error(string message) =>
        new(message, _text.Substring(0, Math.Min(Position, _text.Length)).Count(static c => c == '\n') + 1);
}
