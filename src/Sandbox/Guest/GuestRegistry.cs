using System.Globalization;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Guest;

/// <summary>The Windows registry, as far as the model knows it. Keys and value names are compared without case.</summary>
internal sealed class GuestRegistry
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _keys = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the key is there or has keys below it.</summary>
    public bool Has(string key)
    {
        string full = Full(key);
        return _keys.ContainsKey(full)
            || _keys.Keys.Any(k => k.StartsWith(full + "\\", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A value as text, or null. Numbers are kept as decimal text.</summary>
    public string? Get(string key, string name) =>
        _keys.TryGetValue(Full(key), out SortedDictionary<string, string>? values) && values.TryGetValue(name, out string? value)
            ? value
            : null;

    public void Set(string key, string name, string value) => Ensure(key)[name] = value;

    public void Set(string key, string name, int value) => Set(key, name, value.ToString(CultureInfo.InvariantCulture));

    public SortedDictionary<string, string> Ensure(string key)
    {
        string full = Full(key);
        if (!_keys.TryGetValue(full, out SortedDictionary<string, string>? values))
        {
            values = new(StringComparer.OrdinalIgnoreCase);
            _keys[full] = values;
        }

        return values;
    }

    /// <summary>All values of a key; none when there is no such key.</summary>
    public IReadOnlyDictionary<string, string> Values(string key) =>
        _keys.TryGetValue(Full(key), out SortedDictionary<string, string>? values)
            ? values
            : new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of the keys directly below a key.</summary>
    public IReadOnlyList<string> Children(string key)
    {
        string inside = Full(key) + "\\";
        return [.. _keys.Keys.Where(k => k.StartsWith(inside, StringComparison.OrdinalIgnoreCase))
            .Select(k => k.Substring(inside.Length).Split('\\')[0])
            .Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public bool DeleteValue(string key, string name) =>
        _keys.TryGetValue(Full(key), out SortedDictionary<string, string>? values) && values.Remove(name);

    /// <summary>Removes a key and all below it. False when there was none.</summary>
    public bool Delete(string key)
    {
        string full = Full(key);
        string[] gone = [.. _keys.Keys.Where(k => string.Equals(k, full, StringComparison.OrdinalIgnoreCase)
            || k.StartsWith(full + "\\", StringComparison.OrdinalIgnoreCase))];
        foreach (string found in gone)
        {
            _keys.Remove(found);
        }

        return gone.Length > 0;
    }

    public GuestRegistry Clone() => Load(Save());

    public JsonObject Save()
    {
        var saved = new JsonObject();
        foreach (KeyValuePair<string, SortedDictionary<string, string>> key in _keys)
        {
            var values = new JsonObject();
            foreach (KeyValuePair<string, string> value in key.Value)
            {
                values[value.Key] = value.Value;
            }

            saved[key.Key] = values;
        }

        return saved;
    }

    public static GuestRegistry Load(JsonObject saved)
    {
        var registry = new GuestRegistry();
        foreach (KeyValuePair<string, JsonNode?> key in saved)
        {
            SortedDictionary<string, string> values = registry.Ensure(key.Key);
            foreach (KeyValuePair<string, JsonNode?> value in key.Value!.AsObject())
            {
                values[value.Key] = value.Value!.GetValue<string>();
            }
        }

        return registry;
    }

    /// <summary>True when a path means the registry: <c>HKLM:\…</c>, <c>HKEY_LOCAL_MACHINE\…</c>, <c>Registry::…</c>.</summary>
    public static bool IsKey(string path) =>
        path.StartsWith("HK", StringComparison.OrdinalIgnoreCase)
        || path.IndexOf("Registry::", StringComparison.OrdinalIgnoreCase) >= 0;

    private static string Full(string key)
    {
        int provider = key.IndexOf("::", StringComparison.Ordinal);
        string path = (provider < 0 ? key : key.Substring(provider + 2)).Replace('/', '\\').TrimEnd('\\');
        int end = path.IndexOf('\\');
        string hive = (end < 0 ? path : path.Substring(0, end)).TrimEnd(':');
        string rest = end < 0 ? string.Empty : path.Substring(end);
        return (hive.ToUpperInvariant() switch
        {
            "HKEY_LOCAL_MACHINE" => "HKLM",
            "HKEY_CURRENT_USER" => "HKCU",
            "HKEY_USERS" => "HKU",
            string other => other,
        }) + rest;
    }
}
