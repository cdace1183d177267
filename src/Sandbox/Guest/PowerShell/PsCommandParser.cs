using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Parses commands: a name, arguments without quotes, parameters, redirections.</summary>
internal sealed class PsCommandParser(PsReader reader, PsExpressionParser expressions, PsParser parser)
{
    private static readonly Regex s_parameter = new(@"\G-(?<name>[A-Za-z]\w*)(?<colon>:)?");
    private static readonly Regex s_redirect = new(@"\G(?<from>[12*]?)(?<sign>>>?)(?<to>&1)?");
    private static readonly Regex s_bare = new("\\G([^\\s;|(){},\"'`&]|`.|&(?!&))+");

    private readonly PsStringReader _strings = new(reader, PsParser.Parse);

    /// <summary>Whether an expression begins here and not a command.</summary>
    public bool IsExpressionStart()
    {
        char c = reader.Current;
        if (c is '$' or '@' or '(' or '[' or '"' or '\'' or '{' or '!' or ',' || char.IsDigit(c))
        {
            return true;
        }

        return (c is '+' or '-') && (reader.Peek() == c || char.IsDigit(reader.Peek()) || reader.Peek() is '$' or '('
            || reader.Word() is "-not" or "-join" or "-split");
    }

    /// <summary>Parses a command; the position is at its name, or at <c>&amp;</c> or <c>.</c> in front of it.</summary>
    public PsNode Parse()
    {
        bool called = reader.Current is '&' || (reader.Current == '.' && reader.Peek() is ' ' or '\'' or '"' or '$');
        if (called)
        {
            reader.Position++;
            reader.SkipBlanks();
        }
        else if (IsExpressionStart())
        {
            return new PsNode(PsNodeKind.Command, string.Empty, [expressions.Parse(), .. Redirects()]);
        }

        var parts = new List<PsNode?> { Argument() };
        while (Next())
        {
            if (reader.Take(s_redirect) is { } redirect)
            {
                parts.Add(Redirect(redirect));
            }
            else if (reader.Take(s_parameter) is { } parameter)
            {
                PsNode? value = parameter.Groups["colon"].Success ? Arguments() : null;
                parts.Add(new PsNode(PsNodeKind.Parameter, parameter.Groups["name"].Value, value));
            }
            else
            {
                parts.Add(Arguments());
            }
        }

        return new PsNode(PsNodeKind.Command, called ? "&" : string.Empty, [.. parts]);
    }

    /// <summary>Redirections behind an expression.</summary>
    public List<PsNode?> Redirects()
    {
        var redirects = new List<PsNode?>();
        reader.SkipBlanks();
        while (reader.Take(s_redirect) is { } redirect)
        {
            redirects.Add(Redirect(redirect));
            reader.SkipBlanks();
        }

        return redirects;
    }

    private PsNode Redirect(Match redirect)
    {
        string text = redirect.Groups["from"].Value + redirect.Groups["sign"].Value + redirect.Groups["to"].Value;
        reader.SkipBlanks();
        return new PsNode(PsNodeKind.Redirect, text, redirect.Groups["to"].Success ? null : Argument());
    }

    private bool Next()
    {
        reader.SkipBlanks();
        return !reader.AtEnd && "\n;|)}".IndexOf(reader.Current) < 0 && !reader.StartsWith("&&");
    }

    private PsNode Arguments()
    {
        reader.SkipBlanks();
        return reader.TakeList(Argument);
    }

    private PsNode Argument()
    {
        int start = reader.Position;
        if (reader.Current is '$' or '@' or '(' or '"' or '\'' or '{')
        {
            PsNode operand = reader.Current == '{' ? parser.ParseScriptBlock() : expressions.Operand();
            if (reader.AtEnd || " \t\n;|(){},".IndexOf(reader.Current) >= 0)
            {
                return operand;
            }

            if (operand.Kind is PsNodeKind.Literal or PsNodeKind.Expandable)
            {
                PsNode rest = Argument();
                return new PsNode(PsNodeKind.Expandable, string.Empty, operand, rest);
            }

            // $env:SystemRoot\System32: a text with a variable in it.
            reader.Position = start;
        }

        string bare = reader.Take(s_bare)?.Value ?? throw reader.Error($"Unexpected token '{reader.Current}'");
        return bare.IndexOfAny(['$', '`']) >= 0 ? _strings.Expand(bare) : Bare(bare);
    }

    // Numbers without quotes are numbers, anything else is text.
    private static PsNode Bare(string text) =>
        PsNode.Literal(long.TryParse(text, out long number) && !text.StartsWith("+", StringComparison.Ordinal) ? number : text);
}
