using System.Text;
using System.Text.RegularExpressions;

namespace ImageCmdlets;

/// <summary>A name as PowerShell users write it: <c>*</c>, <c>?</c> and <c>[a-c]</c> are wildcards, the backtick takes their meaning
/// away, casing does not count.</summary>
public sealed class NamePattern
{
    private static readonly char[] s_wildcards = ['*', '?', '['];
    private readonly Regex _regex;

    /// <param name="pattern">The name or pattern; null fits everything.</param>
    public NamePattern(string? pattern)
    {
        IsWildcard = pattern is null || HasWildcard(pattern);
        _regex = new Regex("^" + ToRegex(pattern ?? "*") + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>Whether several names may fit.</summary>
    public bool IsWildcard { get; }

    /// <summary>Whether a text has wildcards in it.</summary>
    public static bool HasWildcard(string? text) => text?.IndexOfAny(s_wildcards) >= 0;

    /// <summary>Whether a name fits.</summary>
    public bool Fits(string? name) => name is not null && _regex.IsMatch(name);

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            int close = c == '[' ? pattern.IndexOf(']', i + 1) : -1;
            if (c == '`' && i + 1 < pattern.Length)
            {
                regex.Append(Regex.Escape(pattern[++i].ToString()));
            }
            else if (close > i + 1)
            {
                regex.Append('[').Append(Regex.Escape(pattern.Substring(i + 1, close - i - 1)).Replace("^", "\\^")).Append(']');
                i = close;
            }
            else
            {
                regex.Append(c switch { '*' => ".*", '?' => ".", _ => Regex.Escape(c.ToString()) });
            }
        }

        return regex.ToString();
    }
}
