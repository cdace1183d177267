using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.State;

/// <summary>Finds out what of the world is not in the state file yet.</summary>
internal sealed class StateDifference(IReadOnlyList<IStatePart> parts)
{
    // What the file says about each record, as a hash: a copy of everything would double the memory.
    private readonly Dictionary<string, Dictionary<string, Guid>> _written = parts.ToDictionary(
        static part => part.Name, static _ => new Dictionary<string, Guid>(StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether, from here on, every record that somebody gets hold of is compared.</summary>
    public void Watch(bool watched)
    {
        foreach (IStatePart part in parts)
        {
            part.Changed.Watched = watched;
            part.Changed.Forget();
        }
    }

    /// <summary>What changed, as members of a JSON object after a first one; null when nothing did.</summary>
    public string? Take()
    {
        var change = new StringBuilder();
        foreach (IStatePart part in parts) Write(change, part, part.Changed.Take());
        return change.Length == 0 ? null : change.ToString();
    }

    /// <summary>Everything, as changes of an empty world.</summary>
    public IEnumerable<string> All(int recordsPerChange)
    {
        foreach (IStatePart part in parts)
        {
            _written[part.Name].Clear();
            part.Changed.Forget();
            string[] keys = [.. part.Keys];
            for (int start = 0; start < keys.Length; start += recordsPerChange)
            {
                var change = new StringBuilder();
                Write(change, part, [.. keys.Skip(start).Take(recordsPerChange)]);
                yield return change.ToString();
            }
        }
    }

    /// <summary>Carries a change of the file out.</summary>
    public void Restore(JsonObject line)
    {
        foreach (IStatePart part in parts)
        {
            foreach (KeyValuePair<string, JsonNode?> record in line.Object(part.Name) ?? [])
            {
                part.Restore(record.Key, record.Value);
                if (record.Value is null)
                    _written[part.Name].Remove(record.Key);
                else
                    _written[part.Name][record.Key] = HashOf(JsonText.Compact(record.Value));
            }
        }
    }

    private void Write(StringBuilder change, IStatePart part, IReadOnlyList<string> keys)
    {
        Dictionary<string, Guid> written = _written[part.Name];
        bool first = true;
        foreach (string key in keys)
        {
            string? text = part.Record(key) is { } record ? JsonText.Compact(record) : null;
            if (!Differs(written, key, text)) continue;
            change.Append(first ? $",\"{part.Name}\":{{" : ",");
            change.Append(JsonText.Compact(JsonValue.Create(key))).Append(':').Append(text ?? "null");
            first = false;
        }

        if (!first) change.Append('}');
    }

    private static bool Differs(Dictionary<string, Guid> written, string key, string? text)
    {
        if (text is null) return written.Remove(key);
        Guid hash = HashOf(text);
        if (written.TryGetValue(key, out Guid present) && present == hash) return false;
        written[key] = hash;
        return true;
    }

    private static Guid HashOf(string text)
    {
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
        return new Guid([.. hash.Take(16)]);
    }
}
