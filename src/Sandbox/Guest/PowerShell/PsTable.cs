using System.Collections;

namespace ImageCmdlets.Sandbox.Guest.PowerShell;

/// <summary>A table or an object: values by name, without case, in the order in which they were set.</summary>
/// <param name="isObject">An object's values are its properties; a table has <c>Count</c> and <c>Keys</c> beside them.</param>
internal sealed class PsTable(bool isObject) : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, object?> _values = new(StringComparer.OrdinalIgnoreCase);

    public bool IsObject { get; } = isObject;

    public int Count => _names.Count;

    public IReadOnlyList<string> Names => _names;

    public object? this[string name]
    {
        get => _values.TryGetValue(name, out object? value) ? value : null;
        set
        {
            if (!_values.ContainsKey(name))
            {
                _names.Add(name);
            }

            _values[name] = value;
        }
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public bool Remove(string name)
    {
        _names.RemoveAll(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
        return _values.Remove(name);
    }

    /// <summary>Adds a value; lets tables be written as collection initialisers.</summary>
    public void Add(string name, object? value) => this[name] = value;

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        _names.Select(n => new KeyValuePair<string, object?>(n, _values[n])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The same values as an object, or as a table.</summary>
    public PsTable As(bool isObject)
    {
        var copy = new PsTable(isObject);
        foreach (KeyValuePair<string, object?> value in this)
        {
            copy[value.Key] = value.Value;
        }

        return copy;
    }
}
