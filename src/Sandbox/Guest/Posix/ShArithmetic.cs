using System.Globalization;

namespace ImageCmdlets.Sandbox.Guest.Posix;

/// <summary>Evaluates <c>$((…))</c>: whole numbers, variables, <c>+ - * / %</c>, comparisons and brackets.</summary>
internal sealed class ShArithmetic
{
    private static readonly string[][] s_levels =
    [
        ["==", "!=", "<=", ">=", "<", ">"],
        ["+", "-"],
        ["*", "/", "%"],
    ];

    private readonly string _text;
    private readonly Func<string, string?> _variable;
    private int _position;

    private ShArithmetic(string text, Func<string, string?> variable)
    {
        _text = text;
        _variable = variable;
    }

    /// <summary>The value; 0 where the shell would complain.</summary>
    public static long Evaluate(string text, Func<string, string?> variable) => new ShArithmetic(text, variable).Binary(0);

    private long Binary(int level)
    {
        if (level == s_levels.Length)
        {
            return Unary();
        }

        long left = Binary(level + 1);
        while (s_levels[level].FirstOrDefault(Take) is { } sign)
        {
            left = Apply(sign, left, Binary(level + 1));
        }

        return left;
    }

    private long Unary()
    {
        if (Take("-"))
        {
            return -Unary();
        }

        if (Take("("))
        {
            long inner = Binary(0);
            Take(")");
            return inner;
        }

        int start = _position;
        while (_position < _text.Length && (char.IsLetterOrDigit(_text[_position]) || _text[_position] is '_' or '$'))
        {
            _position++;
        }

        string word = _text.Substring(start, _position - start).TrimStart('$');
        string? value = word.Length > 0 && !char.IsDigit(word[0]) ? _variable(word) : word;
        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : 0;
    }

    private bool Take(string sign)
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }

        if (string.CompareOrdinal(_text, _position, sign, 0, sign.Length) != 0)
        {
            return false;
        }

        _position += sign.Length;
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }

        return true;
    }

    private static long Apply(string sign, long left, long right) => sign switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => right == 0 ? 0 : left / right,
        "%" => right == 0 ? 0 : left % right,
        "==" => left == right ? 1 : 0,
        "!=" => left != right ? 1 : 0,
        "<=" => left <= right ? 1 : 0,
        ">=" => left >= right ? 1 : 0,
        "<" => left < right ? 1 : 0,
        _ => left > right ? 1 : 0,
    };
}
