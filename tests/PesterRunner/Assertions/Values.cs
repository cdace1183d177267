using System.Collections;
using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>Sees values as PowerShell does: wrapped or not, one or many.</summary>
internal static class Values
{
    /// <summary>The .NET object inside a wrapper; an object made in script is its own wrapper.</summary>
    public static object? Unwrap(object? value) =>
        value is PSObject wrapper && wrapper.BaseObject is not PSCustomObject ? wrapper.BaseObject : value;

    /// <summary>The value as <c>[object[]]</c>: one that is not a collection becomes an array of one.</summary>
    public static object?[] ToArray(object? value) => Unwrap(value) switch
    {
        null => [],
        object?[] array => array,
        string text => [text],
        IDictionary pairs => [pairs],
        IEnumerable many => [.. many.Cast<object?>()],
        var one => [one],
    };

    /// <summary>The item of an array of one, otherwise the value itself.</summary>
    public static object? Single(object? value) => Unwrap(value) is Array { Length: 1 } array ? Unwrap(array.GetValue(0)) : Unwrap(value);

    /// <summary>The value as text, as PowerShell's string operators see it.</summary>
    public static string ToText(object? value) => LanguagePrimitives.ConvertTo<string>(value) ?? "";
}
