using System.Collections;
using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>Takes PowerShell's wrappers off the settings of extensions, which the engine does not know.</summary>
internal static class PlainSettings
{
    // A table that contains itself is refused by whoever makes JSON of it.
    private const int Deepest = 40;

    /// <summary>The same extensions, with plain tables, lists and values.</summary>
    public static IReadOnlyList<ImageVMExtension> Of(IReadOnlyList<ImageVMExtension> extensions) => [.. extensions.Select(Of)];

    private static ImageVMExtension Of(ImageVMExtension extension) => new()
    {
        Name = extension.Name,
        Publisher = extension.Publisher,
        Type = extension.Type,
        Version = extension.Version,
        AutoUpgradeMinorVersion = extension.AutoUpgradeMinorVersion,
        EnableAutomaticUpgrade = extension.EnableAutomaticUpgrade,
        Setting = extension.Setting is { } settings ? Table(settings, 0) : null,
        ProtectedSetting = extension.ProtectedSetting is { } secret ? new ImageVMExtensionSecret(Table(secret.Reveal(), 0)) : null,
    };

    private static Dictionary<string, object?> Table(IDictionary table, int depth) =>
        table.Cast<DictionaryEntry>().ToDictionary(entry => $"{entry.Key}", entry => Plain(entry.Value, depth + 1), StringComparer.Ordinal);

    private static object? Plain(object? value, int depth)
    {
        if (depth > Deepest)
            return value;

        object? bare = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        return bare switch
        {
            PSObject custom => custom.Properties.ToDictionary(property => property.Name, property => Plain(property.Value, depth + 1), StringComparer.Ordinal),
            IDictionary table => Table(table, depth),
            string => bare,
            IEnumerable items => items.Cast<object?>().Select(item => Plain(item, depth + 1)).ToArray(),
            _ => bare,
        };
    }
}
