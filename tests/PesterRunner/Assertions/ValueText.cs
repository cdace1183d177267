using System.Collections;
using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>Writes values into failure messages as Pester does.</summary>
internal static class ValueText
{
    private const int Shown = 10;

    /// <summary>The text for a value.</summary>
    public static string Of(object? value) => Values.Unwrap(value) switch
    {
        null => "$null",
        bool truth => truth ? "$true" : "$false",
        "" => "<empty>",
        string text => $"'{text}'",
        DateTime time => time.ToString("o"),
        Type type => $"[{LanguagePrimitives.ConvertTo<string>(type)}]",
        ScriptBlock script => $"{{{script}}}",
        IDictionary pairs => Values.ToText(pairs),
        ICollection many => OfMany(many),
        var other => Values.ToText(other),
    };

    private static string OfMany(ICollection values)
    {
        string shown = string.Join(", ", values.Cast<object?>().Take(Shown).Select(Of));
        return values.Count > Shown ? $"@({shown}, ...{values.Count - Shown} more)" : $"@({shown})";
    }
}
