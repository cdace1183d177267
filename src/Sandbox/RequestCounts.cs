namespace ImageCmdlets.Sandbox;

/// <summary>How many requests a sandbox has answered, and of which kind.</summary>
internal sealed class RequestCounts
{
    private readonly SortedDictionary<string, int> _byOperation = new(StringComparer.Ordinal);

    public int All { get; private set; }

    /// <summary>A copy as it is now; the key is method and type.</summary>
    public IReadOnlyDictionary<string, int> ByOperation => new Dictionary<string, int>(_byOperation, StringComparer.Ordinal);

    public void Add(string operation)
    {
        All++;
        _byOperation.TryGetValue(operation, out int count);
        _byOperation[operation] = count + 1;
    }

    public void Clear()
    {
        All = 0;
        _byOperation.Clear();
    }
}
