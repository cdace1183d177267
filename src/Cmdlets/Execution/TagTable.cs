using System.Collections;

namespace ImageCmdlets.Commands;

/// <summary>Turns the hashtable of <c>-Tag</c> into tags, by Azure's rules for them.</summary>
internal static class TagTable
{
    private const int LongestName = 512;
    private const int LongestValue = 256;
    private const string OwnPrefix = "imagecmdlets-";
    private static readonly char[] s_refused = ['<', '>', '%', '&', '\\', '?', '/'];

    /// <summary>The tags; null where none were given, which is not the same as an empty table.</summary>
    /// <exception cref="ImageCmdletsException">InvalidArgument: a name or value that Azure would refuse.</exception>
    public static IReadOnlyDictionary<string, string>? Read(IDictionary? table)
    {
        if (table is null)
            return null;

        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            string name = entry.Key.ToString() ?? string.Empty;
            string value = entry.Value?.ToString() ?? string.Empty;
            if (name.Length is 0 or > LongestName || name.IndexOfAny(s_refused) >= 0)
                throw Refused($"'{name}' cannot be the name of a tag: 1 to {LongestName} characters, none of <>%&\\?/.", name);
            if (value.Length > LongestValue)
                throw Refused($"The value of the tag '{name}' is longer than {LongestValue} characters.", name);
            tags[name] = value;
        }

        return tags;
    }

    /// <summary>What is wrong with the tags of something new; null where nothing is.</summary>
    /// <remarks>The module's own tags say what is whose: it finds and removes things by them.</remarks>
    public static ImageCmdletsException? Problem(IDictionary? table)
    {
        try
        {
            string? reserved = Read(table)?.Keys.FirstOrDefault(name => name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase));
            return reserved is null ? null : Refused($"Tags that begin with '{OwnPrefix}' are this module's own: '{reserved}'.", reserved);
        }
        catch (ImageCmdletsException problem)
        {
            return problem;
        }
    }

    private static ImageCmdletsException Refused(string message, string name) =>
        new(ErrorIds.InvalidArgument, message, name, "Pass -Tag @{ name = 'value' } with names and values that Azure allows.");
}
