namespace ImageCmdlets.Sandbox.Guest;

/// <summary>
/// What is due in a guest, in order of time and then of arrival. Scripts wait here too, so that a script, a job that it left
/// behind and a second script interleave exactly as their sleeps say.
/// </summary>
internal sealed class GuestAgenda
{
    private readonly SortedDictionary<(DateTimeOffset Due, long Order), Entry> _entries = [];
    private long _order;

    /// <summary>When the next entry is due, or null.</summary>
    public DateTimeOffset? Next => _entries.Count == 0 ? null : _entries.First().Key.Due;

    /// <summary>The entries that can be saved; a script's own waits cannot.</summary>
    public IEnumerable<GuestEvent> Events => _entries.Values.Select(static e => e.Event).OfType<GuestEvent>();

    public void Add(GuestEvent due, Action<GuestEvent> happen) => Add(due.Due, new Entry(() => happen(due), due));

    /// <summary>Completes when the time has come; never when the guest is switched off before.</summary>
    public Task WaitUntil(DateTimeOffset due)
    {
        // The continuation has to run inside the agenda's own turn, hence no RunContinuationsAsynchronously.
        var source = new TaskCompletionSource<bool>();
        Add(due, new Entry(() => source.SetResult(true), null));
        return source.Task;
    }

    /// <summary>Takes the next entry out and lets it happen.</summary>
    public void Fire()
    {
        KeyValuePair<(DateTimeOffset, long), Entry> next = _entries.First();
        _entries.Remove(next.Key);
        next.Value.Happen();
    }

    /// <summary>Forgets events of a kind.</summary>
    public bool Cancel(GuestEventKind kind)
    {
        (DateTimeOffset, long)[] gone = [.. _entries.Where(e => e.Value.Event?.Kind == kind).Select(static e => e.Key)];
        foreach ((DateTimeOffset, long) key in gone)
        {
            _entries.Remove(key);
        }

        return gone.Length > 0;
    }

    /// <summary>Forgets everything, as a power cut does.</summary>
    public void Clear() => _entries.Clear();

    private void Add(DateTimeOffset due, Entry entry) => _entries.Add((due, _order++), entry);

    private sealed record Entry(Action Happen, GuestEvent? Event);
}
