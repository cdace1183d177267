using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Parses the part of PowerShell that administrators' scripts are made of.</summary>
internal sealed class PsParser
{
    private static readonly Regex s_name = new(@"\G[\w.-]+");
    private static readonly Regex s_assignment = new(@"\G(=(?!=)|\+=|-=|\*=|/=)");

    private readonly PsReader _reader;
    private readonly PsExpressionParser _expressions;
    private readonly PsCommandParser _commands;
    private readonly PsFunctionParser _functions;

    private PsParser(string script)
    {
        _reader = new PsReader(script);
        _expressions = new PsExpressionParser(_reader, this);
        _commands = new PsCommandParser(_reader, _expressions, this);
        _functions = new PsFunctionParser(_reader, _expressions, this);
    }

    /// <summary>Parses a whole script; its own <c>param</c> block becomes the parameters of the result.</summary>
    /// <exception cref="PsSyntaxException">The script is not valid or uses syntax that the model does not know.</exception>
    public static PsNode Parse(string script)
    {
        var parser = new PsParser(script);
        PsNode block = parser.ParseBlock(null);
        return block;
    }

    /// <summary>Statements up to a closing bracket, or to the end.</summary>
    public PsNode ParseBlock(string? close)
    {
        List<KeyValuePair<string, PsNode?>> parameters = _functions.ParseParam();
        var statements = new List<PsNode?>();
        _reader.SkipSeparators();
        while (!_reader.AtEnd && (close is null || !_reader.StartsWith(close)))
        {
            int before = _reader.Position;
            statements.Add(ParseStatement());
            _reader.SkipBlanks();
            if (_reader.Position == before)
            {
                throw _reader.Error($"Unexpected token '{_reader.Current}'");
            }

            _reader.SkipSeparators();
        }

        if (close is not null)
        {
            _reader.Expect(close);
        }

        return new PsNode(PsNodeKind.Block, string.Empty, [.. statements]) { Parameters = parameters };
    }

    /// <summary><c>{ … }</c>; the position is at or before its brace.</summary>
    public PsNode ParseScriptBlock()
    {
        _reader.Expect("{");
        PsNode body = ParseBlock("}");
        return new PsNode(PsNodeKind.ScriptBlock, string.Empty, body) { Parameters = body.Parameters };
    }

    public PsNode ParseStatement()
    {
        _reader.SkipBlanks();
        string word = _reader.Word();
        // A word in front of an assignment or a bracket can be a keyword only at the start of a statement.
        switch (word)
        {
            case "if":
                return ParseIf();
            case "while":
                _reader.Position += word.Length;
                return new PsNode(PsNodeKind.While, word, Parenthesized(), ParseBody());
            case "do":
                return ParseDo();
            case "for":
                return ParseFor();
            case "foreach" when IsLoop(word.Length):
                return ParseForEach();
            case "switch":
                return ParseSwitch();
            case "try":
                return ParseTry();
            case "function" or "filter":
                return _functions.Parse();
            case "return" or "exit" or "throw":
                return ParseLeave(word);
            case "break" or "continue":
                _reader.Position += word.Length;
                return new PsNode(word == "break" ? PsNodeKind.Break : PsNodeKind.Continue, string.Empty);
            default:
                return ParseSimple();
        }
    }

    private bool IsLoop(int length)
    {
        int at = length;
        while (_reader.Peek(at) is ' ' or '\t')
        {
            at++;
        }

        return _reader.Peek(at) == '(';
    }

    private PsNode ParseSimple()
    {
        if (!_commands.IsExpressionStart())
        {
            return ParsePipeline(_commands.Parse());
        }

        PsNode expression = _expressions.Parse();
        _reader.SkipBlanks();
        if (_reader.Take(s_assignment) is { } sign)
        {
            _reader.SkipLines();
            return new PsNode(PsNodeKind.Assignment, sign.Value, expression, ParseStatement());
        }

        List<PsNode?> redirects = _commands.Redirects();
        PsNode first = redirects.Count == 0
            ? expression
            : new PsNode(PsNodeKind.Command, string.Empty, [expression, .. redirects]);
        return ParsePipeline(first);
    }

    private PsNode ParsePipeline(PsNode first)
    {
        var elements = new List<PsNode?> { first };
        _reader.SkipBlanks();
        while (_reader.Current == '|' && _reader.Peek() != '|')
        {
            _reader.Position++;
            _reader.SkipLines();
            elements.Add(_commands.Parse());
            _reader.SkipBlanks();
        }

        return new PsNode(PsNodeKind.Pipeline, string.Empty, [.. elements]);
    }

    private PsNode ParseIf()
    {
        _reader.Position += _reader.Word().Length;
        PsNode condition = Parenthesized();
        PsNode then = ParseBody();
        int back = _reader.Position;
        _reader.SkipLines();
        if (_reader.Word() == "elseif")
        {
            return new PsNode(PsNodeKind.If, string.Empty, condition, then, ParseIf());
        }

        if (_reader.Word() == "else")
        {
            _reader.Position += 4;
            _reader.SkipLines();
            return new PsNode(PsNodeKind.If, string.Empty, condition, then, _reader.Word() == "if" ? ParseIf() : ParseBody());
        }

        _reader.Position = back;
        return new PsNode(PsNodeKind.If, string.Empty, condition, then);
    }

    private PsNode ParseDo()
    {
        _reader.Position += 2;
        PsNode body = ParseBody();
        _reader.SkipLines();
        string word = _reader.Word();
        _reader.Position += word.Length;
        return new PsNode(PsNodeKind.Do, word, body, Parenthesized());
    }

    private PsNode ParseFor()
    {
        _reader.Position += 3;
        _reader.Expect("(");
        var parts = new List<PsNode?>();
        foreach (string end in new[] { ";", ";", ")" })
        {
            _reader.SkipLines();
            parts.Add(_reader.StartsWith(end) ? null : ParseStatement());
            _reader.Expect(end);
        }

        parts.Add(ParseBody());
        return new PsNode(PsNodeKind.For, string.Empty, [.. parts]);
    }

    private PsNode ParseForEach()
    {
        _reader.Position += 7;
        _reader.Expect("(");
        _reader.Expect("$");
        string name = _reader.Take(s_name)?.Value ?? throw _reader.Error("Missing variable name after foreach");
        _reader.SkipLines();
        if (_reader.Word() != "in")
        {
            throw _reader.Error("Missing 'in' after variable in foreach loop");
        }

        _reader.Position += 2;
        PsNode items = ParseStatement();
        _reader.Expect(")");
        return new PsNode(PsNodeKind.ForEach, name, items, ParseBody());
    }

    private PsNode ParseSwitch()
    {
        _reader.Position += 6;
        var parts = new List<PsNode?> { Parenthesized() };
        _reader.Expect("{");
        _reader.SkipSeparators();
        while (!_reader.Take("}"))
        {
            bool otherwise = _reader.Word() == "default";
            _reader.Position += otherwise ? 7 : 0;
            parts.Add(otherwise ? null : _expressions.Operand());
            parts.Add(ParseBody());
            _reader.SkipSeparators();
        }

        return new PsNode(PsNodeKind.Switch, string.Empty, [.. parts]);
    }

    private PsNode ParseTry()
    {
        _reader.Position += 3;
        PsNode body = ParseBody();
        PsNode? handler = Clause("catch");
        return new PsNode(PsNodeKind.Try, string.Empty, body, handler, Clause("finally"));
    }

    private PsNode? Clause(string name)
    {
        int back = _reader.Position;
        _reader.SkipLines();
        if (_reader.Word() != name)
        {
            _reader.Position = back;
            return null;
        }

        _reader.Position += name.Length;
        _reader.SkipLines();
        while (_reader.Current == '[')
        {
            // The types of a catch are not told apart: the model has one kind of error.
            while (_reader.Current != ']' && !_reader.AtEnd) _reader.Position++;
            _reader.Position++;
            _reader.SkipLines();
            _reader.Take(",");
            _reader.SkipLines();
        }

        return ParseBody();
    }

    private PsNode ParseLeave(string word)
    {
        _reader.Position += word.Length;
        _reader.SkipBlanks();
        PsNode? value = _reader.AtEnd || "\n;})".IndexOf(_reader.Current) >= 0 ? null : ParseStatement();
        return new PsNode(
            word switch { "return" => PsNodeKind.Return, "exit" => PsNodeKind.Exit, _ => PsNodeKind.Throw }, word, value);
    }

    private PsNode Parenthesized()
    {
        _reader.Expect("(");
        return ParseBlock(")");
    }

    private PsNode ParseBody()
    {
        _reader.Expect("{");
        return ParseBlock("}");
    }
}
