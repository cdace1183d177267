namespace ImageCmdlets.Sandbox.Identity;

/// <summary>
/// Ids of requests and of what leaves no trace in the state: made of the seed, the simulated time and the purpose, and counted
/// within one moment only. So nothing piles up, and a sandbox that was started again makes the ids that it would have made.
/// </summary>
internal sealed class RequestIds(int seed, TimeProvider clock)
{
    private readonly SeededIds _ids = new(seed);
    private long _moment;

    /// <summary>The next GUID for a purpose.</summary>
    public string NextGuid(string purpose)
    {
        long now = clock.GetUtcNow().UtcTicks;
        if (now != _moment) _ids.Clear();
        _moment = now;
        return _ids.NextGuid($"{now}|{purpose}");
    }

    /// <inheritdoc cref="SeededIds.Derive"/>
    public byte[] Derive(string text, int length) => _ids.Derive(text, length);

    /// <summary>Starts every counter again.</summary>
    public void Clear() => _ids.Clear();
}
