namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>The characters of a script, with what the parser and the word reader need to look at them.</summary>
internal sealed class ShReader(string text)
{
    private readonly string _text = text.Replace("\r\n", "\n");
    private readonly List<PendingDocument> _documents = [];

    public int Position { get; set; }

    public bool AtEnd => Position >= _text.Length;

    public char Current => AtEnd ? '\0' : _text[Position];

    public int Line => _text.Substring(0, Math.Min(Position, _text.Length)).Count(static c => c == '\n') + 1;

    public char Peek(int offset = 1) => Position + offset < _text.Length ? _text[Position + offset] : '\0';

    public bool StartsWith(string value) => string.CompareOrdinal(_text, Position, value, 0, value.Length) == 0;

    public char Next() => _text[Position++];

    public bool Take(string value)
    {
        if (!StartsWith(value))
        {
            return false;
        }

        Position += value.Length;
        return true;
    }

    /// <summary>Passes over blanks, continued lines and comments, but not over line ends.</summary>
    public void SkipBlanks()
    {
        while (!AtEnd)
        {
            if (Current is ' ' or '\t')
            {
                Position++;
            }
            else if (StartsWith("\\\n"))
            {
                Position += 2;
            }
            else if (Current == '#')
            {
                while (!AtEnd && Current != '\n')
                {
                    Position++;
                }
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Passes over a line end; the here-documents announced on the line are read.</summary>
    public void TakeLineEnd()
    {
        Position++;
        foreach (PendingDocument document in _documents.ToArray())
        {
            document.Done(ReadDocument(document));
        }

        _documents.Clear();
    }

    /// <summary>A here-document follows after the current line.</summary>
    public void Expect(string delimiter, bool stripTabs, Action<string> done) =>
        _documents.Add(new PendingDocument(delimiter, stripTabs, done));

    public string Slice(int from, int to) => _text.Substring(from, to - from);

    public ShSyntaxException Error(string message) => new(message, Line);

    private string ReadDocument(PendingDocument document)
    {
        var lines = new List<string>();
        while (!AtEnd)
        {
            int end = _text.IndexOf('\n', Position);
            string line = end < 0 ? _text.Substring(Position) : _text.Substring(Position, end - Position);
            Position = end < 0 ? _text.Length : end + 1;
            line = document.StripTabs ? line.TrimStart('\t') : line;
            if (line == document.Delimiter)
            {
                break;
            }

            lines.Add(line);
        }

        return lines.Count == 0 ? string.Empty : string.Join("\n", lines) + "\n";
    }

    private sealed record PendingDocument(string Delimiter, bool StripTabs, Action<string> Done);
}
