using System.Text;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.ResourceGraph;

/// <summary>Parts a query into tokens.</summary>
/// <param name="text">The query.</param>
internal sealed class QueryLexer(string text)
{
    private static readonly string[] s_signs =
        ["==", "=~", "!=", "!~", "<=", ">=", "|", "(", ")", "[", "]", ",", ".", "=", "<", ">", "-", "+", "*", "/"];

    private int _position;

    /// <summary>All tokens, an end behind them.</summary>
    /// <exception cref="ArmException">400 InvalidQuery.</exception>
    public static IReadOnlyList<QueryToken> Read(string text)
    {
        var lexer = new QueryLexer(text);
        var tokens = new List<QueryToken>();
        do tokens.Add(lexer.Next());
        while (tokens[^1].Kind != QueryTokenKind.End);
        return tokens;
    }

    private QueryToken Next()
    {
        SkipSpace();
        int start = _position;
        if (start == text.Length) return new QueryToken(QueryTokenKind.End, "<EOF>", start);
        char first = text[start];
        if (first is '\'' or '"') return Quoted(first);
        if (char.IsDigit(first)) return Run(QueryTokenKind.Number, static c => char.IsDigit(c));
        if (IsWord(first) || (first == '!' && start + 1 < text.Length && char.IsLetter(text[start + 1]))) return Word();
        string sign = Array.Find(s_signs, s => string.CompareOrdinal(text, start, s, 0, s.Length) == 0) ??
            throw GraphErrors.Parser(start, first.ToString());
        _position += sign.Length;
        return new QueryToken(QueryTokenKind.Sign, sign, start);
    }

    // in~, !in~ and !contains are words; project-away is one, a - b has spaces.
    private QueryToken Word()
    {
        int start = _position++;
        while (_position < text.Length && (IsWord(text[_position]) || IsHyphen())) _position++;
        if (_position < text.Length && text[_position] == '~' && text.Substring(start, _position - start).TrimStart('!') == "in") _position++;
        return new QueryToken(QueryTokenKind.Word, text.Substring(start, _position - start), start);
    }

    private bool IsHyphen() => text[_position] == '-' && _position + 1 < text.Length && char.IsLetter(text[_position + 1]);

    private QueryToken Run(QueryTokenKind kind, Func<char, bool> belongs)
    {
        int start = _position;
        while (_position < text.Length && belongs(text[_position])) _position++;
        return new QueryToken(kind, text.Substring(start, _position - start), start);
    }

    private QueryToken Quoted(char quote)
    {
        int start = _position++;
        var content = new StringBuilder();
        for (; _position < text.Length && text[_position] != quote; _position++)
        {
            if (text[_position] == '\\' && _position + 1 < text.Length) _position++;
            content.Append(text[_position]);
        }

        if (_position == text.Length) throw GraphErrors.Parser(_position, "<EOF>");
        _position++;
        return new QueryToken(QueryTokenKind.Text, content.ToString(), start);
    }

    private void SkipSpace()
    {
        while (_position < text.Length)
        {
            if (string.CompareOrdinal(text, _position, "//", 0, 2) == 0)
                while (_position < text.Length && text[_position] != '\n') _position++;
            else if (char.IsWhiteSpace(text[_position]))
                _position++;
            else
                return;
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
