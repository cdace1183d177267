using System.Text.RegularExpressions;

namespace ImageCmdlets.Tests.Specification;

/// <summary>A path of the specification, and which addresses it fits.</summary>
/// <remarks>
/// The specification marks parameters that stand for any number of segments (<c>scope</c>) by <c>x-ms-skip-url-encoding</c>
/// at the parameter; here they are known by their names, so that a path can be matched before its document is read.
/// </remarks>
public sealed partial class SpecificationPath
{
    private static readonly HashSet<string> s_greedy = new(StringComparer.OrdinalIgnoreCase)
    {
        "{scope}", "{resourceId}", "{parentResourcePath}", "{roleId}", "{roleAssignmentId}", "{resourceScope}",
    };

    private readonly Regex _pattern;
    private readonly string[]? _segments;

    /// <summary>Takes a path as the specification writes it.</summary>
    public SpecificationPath(string text)
    {
        Text = text;
        string[] segments = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        _segments = segments.Any(s_greedy.Contains) ? null : segments;
        Literals = segments.Count(static segment => segment[0] != '{');
        IEnumerable<string> patterns = segments.Select(static segment => segment[0] != '{'
            ? Regex.Escape(segment)
            : $"(?<{NotAName().Replace(segment, string.Empty)}>{(s_greedy.Contains(segment) && segment != "{roleAssignmentId}" ? ".+?" : "[^/]+")})");
        // A scope may be empty: the tenant itself.
        string joined = "^/" + string.Join('/', patterns) + "/?$";
        joined = joined.Replace("^/(?<scope>.+?)/", "^(?<scope>.*)/", StringComparison.Ordinal);
        _pattern = new Regex(joined, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    /// <summary>The path as the specification writes it.</summary>
    public string Text { get; }

    /// <summary>The provider that a path belongs to: what follows its last <c>providers</c>, or else that of groups and subscriptions.</summary>
    public static string ProviderOf(string path) => TypeOf(path).Split('/')[0];

    /// <summary>The provider that a path belongs to, and its outermost type: the documents of a provider do not all have all of its types.</summary>
    public static string TypeOf(string path)
    {
        string[] segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        int last = Array.FindLastIndex(segments, static segment => string.Equals(segment, "providers", StringComparison.OrdinalIgnoreCase));
        return last >= 0 && last + 2 < segments.Length ? $"{segments[last + 1]}/{segments[last + 2]}" : "Microsoft.Resources";
    }

    /// <summary>Number of fixed segments: of two paths that fit, the one with more of them is meant.</summary>
    public int Literals { get; }

    /// <summary>Whether an address fits, by its segments: far cheaper than <see cref="Match"/>.</summary>
    public bool Fits(string path, IReadOnlyList<string> segments)
    {
        if (_segments is null) return _pattern.IsMatch(path);
        if (_segments.Length != segments.Count) return false;
        for (int i = 0; i < _segments.Length; i++)
        {
            if (_segments[i][0] != '{' && !string.Equals(_segments[i], segments[i], StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    /// <summary>Values of the parameters; null when an address does not fit.</summary>
    public IReadOnlyDictionary<string, string>? Match(string path)
    {
        Match match = _pattern.Match(path);
        return match.Success
            ? match.Groups.Values.Skip(1).ToDictionary(static g => g.Name, static g => Uri.UnescapeDataString(g.Value), StringComparer.OrdinalIgnoreCase)
            : null;
    }

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NotAName();
}
