namespace ImageCmdlets.Sandbox.State;

/// <summary>
/// Keys of records that somebody got hold of. Resources are changed in place, so whoever had one may have changed it.
/// </summary>
internal sealed class ChangedKeys
{
    private readonly HashSet<string> _keys = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether anybody wants to know. Without a state file nobody does.</summary>
    public bool Watched { get; set; }

    /// <summary>Notes a key.</summary>
    public void Note(string key)
    {
        if (Watched) _keys.Add(key);
    }

    /// <summary>The keys noted, in order.</summary>
    public IReadOnlyList<string> Keys => _keys.Count == 0 ? [] : [.. _keys.OrderBy(static key => key, StringComparer.Ordinal)];

    /// <summary>Drops what was noted.</summary>
    public void Forget() => _keys.Clear();
}
