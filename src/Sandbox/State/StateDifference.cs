using System.Security.Cryptography;
using System.Text;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.State;

/// <summary>Finds out what of the world is not in the state file yet.</summary>
internal sealed class StateDifference(IReadOnlyList<IStatePart> parts) : IDisposable
{
    // What the file says about each record, as a hash: a copy of everything would double the memory. What it says about a record
    // that was read and not written is not looked at: whoever gets hold of one has it written once more.
    private readonly Dictionary<string, Dictionary<string, Guid>> _written = parts.ToDictionary(
        static part => part.Name, static _ => new Dictionary<string, Guid>(StringComparer.OrdinalIgnoreCase));

    private readonly SHA256 _sha = SHA256.Create();

    /// <summary>Whether, from here on, every record that somebody gets hold of is compared.</summary>
    public void Watch(bool watched)
    {
        foreach (IStatePart part in parts) part.Changed.Watched = watched;
    }

    /// <summary>What changed, as members of a JSON object after a first one; null when nothing did.</summary>
    public string? Take()
    {
        var change = new StringBuilder();
        foreach (IStatePart part in parts)
        {
            using var members = new StateMembers(change, part.Name);
            foreach (string key in part.Changed.Keys)
            {
                string? text = TextOf(part, key);
                if (Differs(part.Name, key, text)) members.Add(key, text);
            }
        }

        Forget();
        return change.Length == 0 ? null : change.ToString();
    }

    /// <summary>What <see cref="Take"/> was about to give when it failed is given again.</summary>
    public void Retry()
    {
        foreach (IStatePart part in parts)
        {
            foreach (string key in part.Changed.Keys) Known(part, key, isThere: true);
        }
    }

    /// <summary>
    /// Everything that is in the file already, as changes of an empty world: for each part that is no sum of records one, then one
    /// for every so many records. They are made one by one, and other changes may be made and taken meanwhile.
    /// </summary>
    public IEnumerable<string> All(int recordsPerChange)
    {
        foreach (IStatePart part in parts.OrderBy(static part => part.RecordsStandAlone))
        {
            string[] keys = [.. part.Keys];
            int size = part.RecordsStandAlone ? recordsPerChange : Math.Max(keys.Length, 1);
            for (int start = 0; start < keys.Length; start += size)
            {
                string change = Copy(part, new ArraySegment<string>(keys, start, Math.Min(size, keys.Length - start)));
                if (change.Length > 0) yield return change;
            }
        }
    }

    /// <summary>Everything of a new world, as one change.</summary>
    public string TakeAll()
    {
        foreach (IStatePart part in parts)
        {
            foreach (string key in part.Keys) part.Changed.Note(key);
        }

        return Take() ?? string.Empty;
    }

    /// <summary>Notes whether the file has a record.</summary>
    public void Known(IStatePart part, string key, bool isThere)
    {
        if (isThere)
            _written[part.Name][key] = default;
        else
            _written[part.Name].Remove(key);
    }

    /// <inheritdoc />
    public void Dispose() => _sha.Dispose();

    private void Forget()
    {
        foreach (IStatePart part in parts) part.Changed.Forget();
    }

    private static string Copy(IStatePart part, IEnumerable<string> keys)
    {
        var change = new StringBuilder();
        using (var members = new StateMembers(change, part.Name))
        {
            foreach (string key in keys)
            {
                if (TextOf(part, key) is { } text) members.Add(key, text);
            }
        }

        return change.ToString();
    }

    private static string? TextOf(IStatePart part, string key) => part.Record(key) is { } record ? JsonText.Compact(record) : null;

    private bool Differs(string part, string key, string? text)
    {
        Dictionary<string, Guid> written = _written[part];
        if (text is null) return written.Remove(key);
        Guid hash = HashOf(Encoding.UTF8.GetBytes(text));
        if (written.TryGetValue(key, out Guid present) && present == hash) return false;
        written[key] = hash;
        return true;
    }

    private Guid HashOf(byte[] text)
    {
        byte[] half = new byte[16];
        Array.Copy(_sha.ComputeHash(text), half, half.Length);
        return new Guid(half);
    }
}
