namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Reads a simple command: assignments, words, redirections.</summary>
internal sealed class ShSimpleReader(ShReader reader, ShWordReader wordReader, Func<string, ShNode> parse)
{
    private static readonly string[] s_redirections = ["<<-", "<<", ">>", ">&", "<&", ">|", ">", "<"];

    /// <summary>Reads a command; stops before the bracket that makes it a function's name.</summary>
    public ShNode Read()
    {
        var words = new List<ShWord>();
        var assignments = new List<KeyValuePair<string, ShWord>>();
        var redirects = new List<ShRedirect>();
        while (true)
        {
            reader.SkipBlanks();
            if (TryRedirect(redirects))
            {
                continue;
            }

            if (words.Count == 0 && TryAssignment() is { } assignment)
            {
                assignments.Add(assignment);
                continue;
            }

            if (wordReader.Read() is not { } word)
            {
                break;
            }

            words.Add(word);
            if (words.Count == 1 && reader.Current == '(')
            {
                break;
            }
        }

        return words.Count + assignments.Count + redirects.Count == 0
            ? throw reader.Error($"syntax error near '{reader.Current}'")
            : new ShNode(ShNodeKind.Simple) { Words = words, Assignments = assignments, Redirects = redirects };
    }

    /// <summary>Reads the redirections behind a compound command.</summary>
    public IReadOnlyList<ShRedirect> ReadRedirects()
    {
        var redirects = new List<ShRedirect>();
        while (TryRedirect(redirects))
        {
        }

        return redirects;
    }

    private KeyValuePair<string, ShWord>? TryAssignment()
    {
        int start = reader.Position;
        while (reader.Current == '_' || char.IsLetterOrDigit(reader.Current))
        {
            reader.Position++;
        }

        if (reader.Position == start || char.IsDigit(reader.Slice(start, start + 1)[0]) || reader.Current != '=')
        {
            reader.Position = start;
            return null;
        }

        string name = reader.Slice(start, reader.Position++);
        return new(name, wordReader.Read() ?? ShWord.Of(string.Empty));
    }

    private bool TryRedirect(List<ShRedirect> redirects)
    {
        reader.SkipBlanks();
        int start = reader.Position;
        int descriptor = -2;
        if (char.IsDigit(reader.Current) && reader.Peek() is '>' or '<')
        {
            descriptor = reader.Next() - '0';
        }
        else if (reader.StartsWith("&>"))
        {
            reader.Position++;
            descriptor = -1;
        }

        string? sign = s_redirections.FirstOrDefault(reader.Take);
        if (sign is null)
        {
            reader.Position = start;
            return false;
        }

        descriptor = descriptor == -2 ? (sign[0] == '<' ? 0 : 1) : descriptor;
        reader.SkipBlanks();
        ShWord target = wordReader.Read() ?? throw reader.Error("missing target of a redirection");
        redirects.Add(new ShRedirect(descriptor, sign == ">|" ? ">" : sign, target));
        if (sign is "<<" or "<<-")
        {
            ExpectDocument(redirects, sign, target);
        }

        return true;
    }

    private void ExpectDocument(List<ShRedirect> redirects, string sign, ShWord delimiter)
    {
        int index = redirects.Count - 1;
        bool literal = delimiter.Parts.Any(static p => p.Quoted);
        reader.Expect(string.Concat(delimiter.Parts.Select(static p => p.Text)), sign == "<<-", text =>
            redirects[index] = new ShRedirect(0, "<<", literal ? ShWord.Of(text) : ShWordReader.Document(text, parse)));
    }
}
