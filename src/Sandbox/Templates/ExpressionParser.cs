using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>Reads an expression such as <c>[concat(parameters('a'), variables('b').c[0])]</c>.</summary>
internal sealed class ExpressionParser
{
    private readonly string _text;
    private int _position;

    private ExpressionParser(string text) => _text = text;

    /// <summary>Whether a string of a template is an expression. <c>[[</c> starts plain text.</summary>
    public static bool IsExpression(string text) =>
        text.Length > 1 && text[0] == '[' && text[1] != '[' && text[text.Length - 1] == ']';

    /// <summary>A string that is no expression as its author means it.</summary>
    public static string Unescape(string text) =>
        text.StartsWith("[[", StringComparison.Ordinal) && text[text.Length - 1] == ']' ? text.Substring(1) : text;

    /// <exception cref="TemplateException">The text is no expression.</exception>
    public static Expression Parse(string text)
    {
        var parser = new ExpressionParser(text.Substring(1, text.Length - 2));
        Expression expression = parser.ReadExpression();
        parser.SkipBlanks();
        return parser._position == parser._text.Length ? expression : throw parser.Unexpected("EndOfData");
    }

    private Expression ReadExpression()
    {
        Expression expression = ReadPrimary();
        while (true)
        {
            if (Take('.'))
            {
                expression = new PropertyExpression(expression, new LiteralExpression(JsonValue.Create(ReadName())));
            }
            else if (Take('['))
            {
                expression = new PropertyExpression(expression, ReadExpression());
                Expect(']', "RightSquareBracket");
            }
            else
            {
                return expression;
            }
        }
    }

    private Expression ReadPrimary()
    {
        SkipBlanks();
        char next = Next();
        if (next == '\'') return new LiteralExpression(JsonValue.Create(ReadText()));
        if (char.IsDigit(next) || next == '-') return new LiteralExpression(JsonValue.Create(ReadNumber()));
        string name = ReadName();
        while (Take('.')) name += $".{ReadName()}";
        Expect('(', "LeftParenthesis");
        var arguments = new List<Expression>();
        if (Take(')')) return new CallExpression(name, arguments);
        do
        {
            arguments.Add(ReadExpression());
        }
        while (Take(','));
        Expect(')', "RightParenthesis");
        return new CallExpression(name, arguments);
    }

    private string ReadText()
    {
        var text = new StringBuilder();
        _position++;
        while (_position < _text.Length)
        {
            char c = _text[_position++];
            if (c != '\'') text.Append(c);
            else if (Next() != '\'') return text.ToString();
            else text.Append(_text[_position++]);
        }

        throw Unexpected("Literal");
    }

    private long ReadNumber()
    {
        int start = _position++;
        while (char.IsDigit(Next())) _position++;
        string digits = _text.Substring(start, _position - start);
        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Unexpected("Integer");
    }

    private string ReadName()
    {
        SkipBlanks();
        int start = _position;
        while (char.IsLetterOrDigit(Next()) || Next() == '_') _position++;
        return _position > start ? _text.Substring(start, _position - start) : throw Unexpected("Identifier");
    }

    private bool Take(char c)
    {
        SkipBlanks();
        if (Next() != c) return false;
        _position++;
        return true;
    }

    private void Expect(char c, string token)
    {
        if (!Take(c)) throw Unexpected(token);
    }

    private void SkipBlanks()
    {
        while (char.IsWhiteSpace(Next())) _position++;
    }

    private char Next() => _position < _text.Length ? _text[_position] : '\0';

    private TemplateException Unexpected(string token)
    {
        string actual = _position < _text.Length ? _text[_position].ToString() : "EndOfData";
        return new TemplateException(
            $"Unable to parse language expression '{_text}': expected token '{token}' and actual '{actual}'.");
    }
}
