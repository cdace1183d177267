using System.Collections.Concurrent;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>What a session has learned that does not change while it lasts: regions, sizes.</summary>
/// <remarks>Only what was read to the end is kept, so that a cancelled or failed read leaves no trace. Two branches that ask at
/// once both read: waiting for each other would hold the virtual clock up.</remarks>
internal sealed class SessionCache
{
    private readonly ConcurrentDictionary<string, object> _known = new(StringComparer.OrdinalIgnoreCase);

    public async Task<T> GetOrReadAsync<T>(string key, Func<Task<T>> read)
        where T : class
    {
        if (_known.TryGetValue(key, out object? known))
            return (T)known;

        T value = await read().ConfigureAwait(false);
        _known[key] = value;
        return value;
    }
}
