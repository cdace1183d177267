namespace ImageCmdlets.Sandbox.Routing;

/// <summary>
/// A path as the swagger writes it: <c>/subscriptions/{subscriptionId}/…</c>. A leading <c>{*scope}</c> stands for any
/// number of segments.
/// </summary>
internal sealed class PathTemplate
{
    private readonly string[] _segments;
    private readonly bool _anyScope;

    public PathTemplate(string text)
    {
        Text = text;
        string[] segments = text.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        _anyScope = segments.Length > 0 && segments[0] == "{*scope}";
        _segments = _anyScope ? [.. segments.Skip(1)] : segments;
    }

    public string Text { get; }

    /// <summary>Last fixed segment when the template ends in one: the collection or the action.</summary>
    public string? LastWord => _segments.Length > 0 && !IsParameter(_segments[_segments.Length - 1])
        ? _segments[_segments.Length - 1]
        : null;

    /// <summary>Values of the parameters by name; null when the path does not fit. Fixed segments fit in any casing.</summary>
    public Dictionary<string, string>? Match(IReadOnlyList<string> path)
    {
        int skip = path.Count - _segments.Length;
        if (skip < 0 || (skip > 0 && !_anyScope)) return null;
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < _segments.Length; i++)
        {
            string pattern = _segments[i], segment = path[skip + i];
            if (IsParameter(pattern))
                values[pattern.Substring(1, pattern.Length - 2)] = segment;
            else if (!string.Equals(pattern, segment, StringComparison.OrdinalIgnoreCase))
                return null;
        }

        return values;
    }

    private static bool IsParameter(string segment) => segment.StartsWith("{", StringComparison.Ordinal);
}
