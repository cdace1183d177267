namespace ImageCmdlets.Sandbox.Routing;

/// <summary>The query of a request; names are compared without regard to case.</summary>
internal sealed class QueryString
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    public QueryString(Uri uri)
    {
        foreach (string pair in uri.Query.TrimStart('?').Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split(['='], 2);
            _pairs.Add(new KeyValuePair<string, string>(Decode(parts[0]), parts.Length > 1 ? Decode(parts[1]) : string.Empty));
        }
    }

    /// <summary>All pairs, decoded, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All => _pairs;

    /// <summary>First value of that name, decoded; null when there is none.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (KeyValuePair<string, string> pair in _pairs)
            {
                if (string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)) return pair.Value;
            }

            return null;
        }
    }

    /// <summary>The same query with one value set, encoded.</summary>
    public string With(string name, string value)
    {
        IEnumerable<KeyValuePair<string, string>> others =
            _pairs.Where(pair => !string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase));
        return "?" + string.Join("&", others.Append(new KeyValuePair<string, string>(name, value)).Select(Encode));
    }

    private static string Encode(KeyValuePair<string, string> pair) =>
        $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}";

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
