using System.Text;

namespace ImageCmdlets.Sandbox.Json;

/// <summary>
/// JSON as the reader of deployments takes it: with comments, commas at the end, names without quotes, texts in single quotes
/// or over several lines. Documented for templates ("Understand the structure and syntax of ARM templates"); clients send it:
/// <c>az deployment group create</c> writes <c>template:</c> without quotes.
/// </summary>
internal static class RelaxedJson
{
    /// <summary>The same document in strict JSON. What is wrong in both ways stays wrong.</summary>
    public static string ToStrict(string text)
    {
        var strict = new StringBuilder(text.Length + 16);
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            if (c is '"' or '\'')
                i = Quoted(text, i, strict);
            else if (IsComment(text, i))
                i = AfterComment(text, i);
            else if (c == ',' && text[Significant(text, i + 1)] is '}' or ']')
                i++;
            else if (char.IsLetter(c) || c is '_' or '$')
                i = Word(text, i, strict);
            else
                strict.Append(text[i++]);
        }

        return strict.ToString();
    }

    private static int Quoted(string text, int start, StringBuilder strict)
    {
        char quote = text[start];
        strict.Append('"');
        int i = start + 1;
        for (; i < text.Length && text[i] != quote; i++)
        {
            switch (text[i])
            {
                case '\\' when i + 1 < text.Length:
                    i++;
                    strict.Append(text[i] == '\'' ? "'" : $"\\{text[i]}");
                    break;
                case '"':
                    strict.Append("\\\"");
                    break;
                case < ' ':
                    strict.Append($"\\u{(int)text[i]:x4}");
                    break;
                default:
                    strict.Append(text[i]);
                    break;
            }
        }

        if (i < text.Length) strict.Append('"');
        return i + 1;
    }

    // A word before a colon is a name; any other is true, false, null, or wrong.
    private static int Word(string text, int start, StringBuilder strict)
    {
        int end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '$')) end++;
        string word = text.Substring(start, end - start);
        int next = Significant(text, end);
        strict.Append(next < text.Length && text[next] == ':' ? $"\"{word}\"" : word);
        return end;
    }

    private static bool IsComment(string text, int i) => text[i] == '/' && i + 1 < text.Length && text[i + 1] is '/' or '*';

    private static int AfterComment(string text, int i)
    {
        int end = text[i + 1] == '/' ? text.IndexOf('\n', i) : text.IndexOf("*/", i + 2, StringComparison.Ordinal);
        if (end < 0) return text.Length;
        return text[i + 1] == '/' ? end : end + 2;
    }

    // The next character that is neither blank nor comment; the last one when there is none.
    private static int Significant(string text, int i)
    {
        while (i < text.Length)
        {
            if (char.IsWhiteSpace(text[i]))
                i++;
            else if (IsComment(text, i))
                i = AfterComment(text, i);
            else
                return i;
        }

        return text.Length - 1;
    }
}
