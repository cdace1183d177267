namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Parses the part of the POSIX shell's language that administrators' scripts are made of.</summary>
internal sealed class ShParser
{
    private static readonly HashSet<string> s_closers = ["then", "elif", "else", "fi", "do", "done", "esac", "}"];

    private readonly ShReader _reader;
    private readonly ShWordReader _words;
    private readonly ShSimpleReader _simple;

    private ShParser(string script)
    {
        _reader = new ShReader(script);
        _words = new ShWordReader(_reader, Parse);
        _simple = new ShSimpleReader(_reader, _words, Parse);
    }

    /// <summary>Parses a whole script.</summary>
    /// <exception cref="ShSyntaxException">The script is not valid or uses syntax that the model does not know.</exception>
    public static ShNode Parse(string script)
    {
        var parser = new ShParser(script);
        ShNode list = parser.ParseList();
        return parser._reader.AtEnd ? list : throw parser._reader.Error($"syntax error near '{parser._reader.Current}'");
    }

    private ShNode ParseList()
    {
        var statements = new List<ShNode>();
        while (true)
        {
            SkipSeparators();
            if (_reader.AtEnd || _reader.Current == ')' || _reader.StartsWith(";;") || s_closers.Contains(PeekWord()))
            {
                return new ShNode(ShNodeKind.List) { Children = statements };
            }

            ShNode statement = ParseAndOr();
            _reader.SkipBlanks();
            if (_reader.Current == '&' && _reader.Peek() != '&')
            {
                _reader.Position++;
                statement = statement with { Background = true };
            }

            statements.Add(statement);
        }
    }

    private ShNode ParseAndOr()
    {
        ShNode left = ParsePipeline();
        while (true)
        {
            _reader.SkipBlanks();
            bool and = _reader.Take("&&");
            if (!and && !_reader.Take("||"))
            {
                return left;
            }

            SkipLines();
            left = new ShNode(and ? ShNodeKind.And : ShNodeKind.Or) { Children = [left, ParsePipeline()] };
        }
    }

    private ShNode ParsePipeline()
    {
        _reader.SkipBlanks();
        bool negated = PeekWord() == "!";
        if (negated)
        {
            TakeWord("!");
        }

        var parts = new List<ShNode> { ParseCommand() };
        _reader.SkipBlanks();
        while (_reader.Current == '|' && _reader.Peek() != '|')
        {
            _reader.Position++;
            SkipLines();
            parts.Add(ParseCommand());
            _reader.SkipBlanks();
        }

        return parts.Count == 1 && !negated
            ? parts[0]
            : new ShNode(ShNodeKind.Pipeline) { Children = parts, Negated = negated };
    }

    private ShNode ParseCommand()
    {
        _reader.SkipBlanks();
        ShNode? compound = PeekWord() switch
        {
            "if" => ParseIf("if"),
            "while" => ParseLoop("while", ShNodeKind.While),
            "until" => ParseLoop("until", ShNodeKind.Until),
            "for" => ParseFor(),
            "case" => ParseCase(),
            "{" => ParseGroup(),
            _ => _reader.Current == '(' ? ParseSubshell() : null,
        };
        if (compound is null)
        {
            return ParseSimple();
        }

        return compound with { Redirects = _simple.ReadRedirects() };
    }

    private ShNode ParseIf(string opening)
    {
        TakeWord(opening);
        ShNode condition = ParseList();
        TakeWord("then");
        ShNode then = ParseList();
        switch (PeekWord())
        {
            case "elif":
                return new ShNode(ShNodeKind.If) { Children = [condition, then, ParseIf("elif")] };
            case "else":
                TakeWord("else");
                ShNode otherwise = ParseList();
                TakeWord("fi");
                return new ShNode(ShNodeKind.If) { Children = [condition, then, otherwise] };
            default:
                TakeWord("fi");
                return new ShNode(ShNodeKind.If) { Children = [condition, then] };
        }
    }

    private ShNode ParseLoop(string opening, ShNodeKind kind)
    {
        TakeWord(opening);
        ShNode condition = ParseList();
        return new ShNode(kind) { Children = [condition, ParseBody()] };
    }

    private ShNode ParseFor()
    {
        TakeWord("for");
        string name = _words.Read()?.Plain ?? throw _reader.Error("bad for loop variable");
        _reader.SkipBlanks();
        var words = new List<ShWord>();
        bool given = PeekWord() == "in";
        if (given)
        {
            TakeWord("in");
            while (_words.Read() is { } word)
            {
                words.Add(word);
                _reader.SkipBlanks();
            }
        }
        else
        {
            words.Add(new ShWord([new ShPart(ShPartKind.Parameter, "@", Quoted: true)]));
        }

        SkipSeparators();
        return new ShNode(ShNodeKind.For) { Text = name, Words = words, Children = [ParseBody()] };
    }

    private ShNode ParseBody()
    {
        TakeWord("do");
        ShNode body = ParseList();
        TakeWord("done");
        return body;
    }

    private ShNode ParseCase()
    {
        TakeWord("case");
        ShWord subject = _words.Read() ?? throw _reader.Error("missing word after case");
        SkipLines();
        TakeWord("in");
        var items = new List<ShNode>();
        SkipSeparators();
        while (PeekWord() != "esac")
        {
            items.Add(ParseCaseItem());
            SkipSeparators();
        }

        TakeWord("esac");
        return new ShNode(ShNodeKind.Case) { Words = [subject], Children = items };
    }

    private ShNode ParseCaseItem()
    {
        _reader.Take("(");
        var patterns = new List<ShWord>();
        do
        {
            _reader.SkipBlanks();
            patterns.Add(_words.Read() ?? throw _reader.Error("missing pattern"));
            _reader.SkipBlanks();
        }
        while (_reader.Take("|"));
        if (!_reader.Take(")"))
        {
            throw _reader.Error("missing ) after pattern");
        }

        ShNode body = ParseList();
        _reader.Take(";;");
        return new ShNode(ShNodeKind.CaseItem) { Words = patterns, Children = [body] };
    }

    private ShNode ParseGroup()
    {
        TakeWord("{");
        ShNode body = ParseList();
        TakeWord("}");
        return new ShNode(ShNodeKind.Group) { Children = [body] };
    }

    private ShNode ParseSubshell()
    {
        _reader.Position++;
        ShNode body = ParseList();
        return _reader.Take(")")
            ? new ShNode(ShNodeKind.Subshell) { Children = [body] }
            : throw _reader.Error("missing )");
    }

    private ShNode ParseSimple()
    {
        ShNode simple = _simple.Read();
        return _reader.Current == '(' && simple.Words.Count == 1 && simple.Words[0].Plain is { } name
            ? ParseFunction(name)
            : simple;
    }

    private ShNode ParseFunction(string name)
    {
        if (!_reader.Take("()"))
        {
            throw _reader.Error("missing ) of a function");
        }

        SkipLines();
        return new ShNode(ShNodeKind.Function) { Text = name, Children = [ParseCommand()] };
    }

    private void SkipSeparators()
    {
        while (true)
        {
            SkipLines();
            if (_reader.Current != ';' || _reader.Peek() == ';')
            {
                return;
            }

            _reader.Position++;
        }
    }

    private void SkipLines()
    {
        _reader.SkipBlanks();
        while (_reader.Current == '\n')
        {
            _reader.TakeLineEnd();
            _reader.SkipBlanks();
        }
    }

    private string PeekWord()
    {
        int start = _reader.Position;
        int end = start;
        while (" \t\n;&|<>()\0".IndexOf(_reader.Peek(end - start)) < 0)
        {
            end++;
        }

        return _reader.Slice(start, end);
    }

    private void TakeWord(string word)
    {
        SkipLines();
        if (PeekWord() != word)
        {
            throw _reader.Error($"'{word}' expected");
        }

        _reader.Position += word.Length;
        _reader.SkipBlanks();
    }
}
