using System.Collections;
using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Model;

/// <summary>One case of <c>-ForEach</c>: it is <c>$_</c>, and each key of a hash table is a variable too.</summary>
public sealed class SpecData
{
    /// <summary>Takes a case as the spec gave it.</summary>
    public SpecData(object? value)
    {
        Value = value;
        if (value is PSObject { BaseObject: IDictionary inner })
            value = inner;
        if (value is not IDictionary pairs)
            return;

        foreach (DictionaryEntry pair in pairs)
            Named[pair.Key] = pair.Value;
    }

    /// <summary>The case itself.</summary>
    public object? Value { get; }

    /// <summary>The pairs of a hash table, to be splatted and set as variables; empty for any other case.</summary>
    public Hashtable Named { get; } = new(StringComparer.OrdinalIgnoreCase);
}
