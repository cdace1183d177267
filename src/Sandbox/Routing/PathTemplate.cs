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
        if (!Fits(path)) return null;
        int skip = path.Count - _segments.Length;
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < _segments.Length; i++)
        {
            string pattern = _segments[i];
            if (IsParameter(pattern)) values[pattern.Substring(1, pattern.Length - 2)] = path[skip + i];
        }

        return values;
    }

    /// <summary>Whether a path of so many segments may fit.</summary>
    public bool FitsLength(int segments) => _anyScope ? segments >= _segments.Length : segments == _segments.Length;

    // Asked of every template by every request: makes nothing.
    private bool Fits(IReadOnlyList<string> path)
    {
        if (!FitsLength(path.Count)) return false;
        int skip = path.Count - _segments.Length;
        for (int i = _segments.Length - 1; i >= 0; i--)
        {
            if (!IsParameter(_segments[i]) && !string.Equals(_segments[i], path[skip + i], StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    private static bool IsParameter(string segment) => segment[0] == '{';
}
