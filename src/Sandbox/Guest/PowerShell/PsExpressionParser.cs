using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>Parses expressions by PowerShell's precedence.</summary>
internal sealed class PsExpressionParser(PsReader reader, PsParser parser)
{
    private static readonly Regex s_logical = new(@"\G-(and|or|xor)\b", RegexOptions.IgnoreCase);
    private static readonly Regex s_comparison = new(
        @"\G-(c|i)?(eq|ne|lt|le|gt|ge|like|notlike|match|notmatch|contains|notcontains|in|notin|replace|split|join|isnot|is|as" +
        @"|band|bor)\b",
        RegexOptions.IgnoreCase);

    private static readonly Regex s_format = new(@"\G-f\b", RegexOptions.IgnoreCase);
    private static readonly Regex s_number = new(@"\G(0x[0-9a-f]+|\d+(\.\d+)?)(?<unit>kb|mb|gb|l)?", RegexOptions.IgnoreCase);
    private static readonly Regex s_variable = new(
        @"\G\$(\{(?<braced>[^}]+)\}|(?<name>((env|script|global|local|using):)?\w+|[?_$^]))", RegexOptions.IgnoreCase);

    private static readonly Regex s_type = new(@"\G\[(?<name>[\w.]+(\[\])?)\]");
    private static readonly Regex s_name = new(@"\G\w+");

    private readonly PsStringReader _strings = new(reader, PsParser.Parse);

    /// <summary>Parses an expression.</summary>
    public PsNode Parse() => Binary(s_logical, Comparison);

    /// <summary>An operand with its members and indexes, as an argument of a command may be.</summary>
    public PsNode Operand() => Postfix(Primary());

    private PsNode Comparison() => Binary(s_comparison, Additive);

    private PsNode Additive() =>
        Binary(static r => r.Current is '+' or '-' && r.Peek() != r.Current && !char.IsLetter(r.Peek()), Multiplicative);

    private PsNode Multiplicative() => Binary(static r => r.Current is '*' or '/' or '%' && r.Peek() != '=', Format);

    private PsNode Format() => Binary(s_format, Range);

    private PsNode Range()
    {
        PsNode left = Comma();
        reader.SkipBlanks();
        return reader.Take("..") ? new PsNode(PsNodeKind.Binary, "..", left, Comma()) : left;
    }

    private PsNode Comma() => reader.TakeList(Unary);

    private PsNode Binary(Regex signs, Func<PsNode> next)
    {
        PsNode left = next();
        reader.SkipBlanks();
        while (reader.Take(signs) is { } sign)
        {
            reader.SkipLines();
            left = new PsNode(PsNodeKind.Binary, sign.Value.TrimStart('-').ToLowerInvariant(), left, next());
            reader.SkipBlanks();
        }

        return left;
    }

    private PsNode Binary(Func<PsReader, bool> isSign, Func<PsNode> next)
    {
        PsNode left = next();
        reader.SkipBlanks();
        while (isSign(reader) && reader.Peek() != '=')
        {
            string sign = reader.Current.ToString();
            reader.Position++;
            reader.SkipLines();
            left = new PsNode(PsNodeKind.Binary, sign, left, next());
            reader.SkipBlanks();
        }

        return left;
    }

    private PsNode Unary()
    {
        reader.SkipBlanks();
        string word = reader.Current == '-' ? reader.Word() : string.Empty;
        if (word is "-not" or "-join" or "-split")
        {
            reader.Position += word.Length;
            return new PsNode(PsNodeKind.Unary, word.Substring(1), Unary());
        }

        if (reader.Current == '!' || reader.Current == ',' || (reader.Current is '-' or '+' && reader.Peek() != reader.Current))
        {
            string sign = reader.Current.ToString();
            reader.Position++;
            return new PsNode(PsNodeKind.Unary, sign == "!" ? "not" : sign, Unary());
        }

        if (reader.Take("++") || reader.Take("--"))
        {
            string step = reader.Slice(reader.Position - 2, reader.Position);
            return new PsNode(PsNodeKind.Step, step, Unary());
        }

        if (reader.Current == '[' && reader.Take(s_type) is { } type)
        {
            string name = type.Groups["name"].Value;
            reader.SkipBlanks();
            return reader.StartsWith("::") || IsOperandEnd()
                ? Postfix(new PsNode(PsNodeKind.Type, name))
                : new PsNode(PsNodeKind.Cast, name, Unary());
        }

        return Operand();
    }

    private bool IsOperandEnd() => reader.AtEnd || ")}];|,\n".IndexOf(reader.Current) >= 0;

    private PsNode Primary()
    {
        reader.SkipBlanks();
        switch (reader.Current)
        {
            case '\'':
                return _strings.Single();
            case '"':
                return _strings.Double();
            case '@':
                return At();
            case '(':
                reader.Position++;
                PsNode inner = parser.ParseBlock(")");
                return new PsNode(PsNodeKind.SubExpression, "(", inner);
            case '{':
                return parser.ParseScriptBlock();
            case '$' when reader.Peek() == '(':
                return new PsNode(PsNodeKind.SubExpression, "$", PsParser.Parse(_strings.Bracketed()));
            case '$' when reader.Take(s_variable) is { } variable:
                return new PsNode(
                    PsNodeKind.Variable,
                    variable.Groups["braced"].Success ? variable.Groups["braced"].Value : variable.Groups["name"].Value);
            default:
                return reader.Take(s_number) is { } number
                    ? Number(number)
                    : throw reader.Error($"Unexpected token '{reader.Current}'");
        }
    }

    private PsNode At()
    {
        if (reader.Peek() is '"' or '\'')
        {
            return _strings.Here();
        }

        if (reader.Peek() == '(')
        {
            reader.Position += 2;
            return new PsNode(PsNodeKind.Array, string.Empty, parser.ParseBlock(")"));
        }

        if (reader.Peek() == '{')
        {
            reader.Position += 2;
            return Hashtable();
        }

        // @name passes a table as parameters.
        reader.Position++;
        return new PsNode(PsNodeKind.Variable, reader.Take(s_name)?.Value ?? throw reader.Error("Unexpected token '@'"));
    }

    private PsNode Hashtable()
    {
        var pairs = new List<PsNode?>();
        reader.SkipSeparators();
        while (!reader.Take("}"))
        {
            PsNode key = reader.Current is '\'' or '"' or '$' or '(' || char.IsDigit(reader.Current)
                ? Operand()
                : PsNode.Literal(reader.Take(s_name)?.Value ?? throw reader.Error("Missing key in a table"));
            reader.Expect("=");
            reader.SkipLines();
            pairs.Add(key);
            pairs.Add(parser.ParseStatement());
            reader.SkipSeparators();
        }

        return new PsNode(PsNodeKind.Hashtable, string.Empty, [.. pairs]);
    }

    private PsNode Postfix(PsNode node)
    {
        while (true)
        {
            if (reader.Current == '[')
            {
                reader.Position++;
                reader.SkipLines();
                node = new PsNode(PsNodeKind.Index, string.Empty, node, Parse());
                reader.Expect("]");
            }
            else if (reader.StartsWith("++") || reader.StartsWith("--"))
            {
                node = new PsNode(PsNodeKind.Step, reader.Slice(reader.Position, reader.Position + 2) + "post", node);
                reader.Position += 2;
            }
            else if (reader.StartsWith("::")
                || (reader.Current == '.' && (char.IsLetter(reader.Peek()) || reader.Peek() is '_' or '"' or '\'' or '$')))
            {
                node = Member(node);
            }
            else
            {
                return node;
            }
        }
    }

    private PsNode Member(PsNode target)
    {
        bool isStatic = reader.Take("::");
        reader.Position += isStatic ? 0 : 1;
        if (reader.Current == '$') return new PsNode(PsNodeKind.Member, string.Empty, target, Primary()) { IsStatic = isStatic };
        string name = reader.Current is '"' or '\''
            ? (string)Primary().Value!
            : reader.Take(s_name)?.Value ?? throw reader.Error("Missing property name");
        if (reader.Current != '(')
        {
            return new PsNode(PsNodeKind.Member, name, target) { IsStatic = isStatic };
        }

        reader.Position++;
        var parts = new List<PsNode?> { target };
        reader.SkipLines();
        while (!reader.Take(")"))
        {
            parts.Add(Binary(s_logical, () => Binary(s_comparison, () => Binary(
                static r => r.Current is '+' or '-' && !char.IsLetter(r.Peek()), () => Binary(s_format, Unary)))));
            reader.SkipLines();
            reader.Take(",");
            reader.SkipLines();
        }

        return new PsNode(PsNodeKind.Invoke, name, [.. parts]) { IsStatic = isStatic };
    }

    private static PsNode Number(Match number)
    {
        string text = number.Groups[1].Value;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return PsNode.Literal(Convert.ToInt64(text.Substring(2), 16));
        }

        string suffix = number.Groups["unit"].Value.ToLowerInvariant();
        long unit = suffix switch { "kb" => 1L << 10, "mb" => 1L << 20, "gb" => 1L << 30, _ => 1 };
        return text.Contains('.')
            ? PsNode.Literal(double.Parse(text, CultureInfo.InvariantCulture) * unit)
            : PsNode.Literal(long.Parse(text, CultureInfo.InvariantCulture) * unit);
    }
}
