using System.Globalization;
using ImageCmdlets.Engine.Lineage;

namespace ImageCmdlets.Engine.Sources;

/// <summary>Puts what two sources say of themselves side by side. Asks nobody.</summary>
internal static class SourceComparison
{
    private static readonly (string Name, Func<ImageSource, string?> Of)[] s_properties =
    [
        ("Kind", source => source.Kind.ToString()),
        ("OSType", source => source.OSType),
        ("OSState", source => source.OSState),
        ("HyperVGeneration", source => source.HyperVGeneration),
        ("SecurityType", source => source.SecurityType),
        ("Architecture", source => source.Architecture),
        ("Plan", source => source.Plan?.ToString()),
        ("ProvisioningState", source => source.ProvisioningState),
        ("Region", source => source.Region.Count == 0 ? null : string.Join(", ", source.Region.OrderBy(region => region, StringComparer.Ordinal))),
        ("Origin", source => source.Origin),
        ("Urn", source => source.Urn),
    ];

    /// <summary>Every property that one of them has, in the order in which one reads them.</summary>
    public static IEnumerable<ImageDifference> Of(ImageSource reference, ImageSource difference)
    {
        foreach ((string name, Func<ImageSource, string?> of) in s_properties)
            yield return Row(name, of(reference), of(difference));
        foreach (ImageDifference row in Disks("OSDisk", reference.OSDisk, difference.OSDisk))
            yield return row;
        foreach (int? lun in reference.DataDisk.Concat(difference.DataDisk).Select(disk => disk.Lun).Distinct().OrderBy(lun => lun))
        {
            foreach (ImageDifference row in Disks($"DataDisk[{lun?.ToString(CultureInfo.InvariantCulture) ?? "?"}]", At(reference, lun), At(difference, lun)))
                yield return row;
        }

        // Where they come from is told above.
        foreach (string tag in reference.Tag.Keys.Concat(difference.Tag.Keys).Where(name => !LineageTags.Has(name)).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(name => name, StringComparer.OrdinalIgnoreCase))
            yield return Row($"Tag[{tag}]", Value(reference.Tag, tag), Value(difference.Tag, tag));
    }

    private static IEnumerable<ImageDifference> Disks(string name, DiskReference? reference, DiskReference? difference)
    {
        yield return Row(name, reference is null ? null : "present", difference is null ? null : "present");
        if (reference is null || difference is null)
            yield break;

        yield return Row(name + ".DiskSizeGB", reference.DiskSizeGB?.ToString(CultureInfo.InvariantCulture), difference.DiskSizeGB?.ToString(CultureInfo.InvariantCulture));
        yield return Row(name + ".Caching", reference.Caching, difference.Caching);
        yield return Row(name + ".StorageAccountType", reference.StorageAccountType, difference.StorageAccountType);
        yield return Row(name + ".SourceId", reference.SourceId, difference.SourceId);
    }

    private static DiskReference? At(ImageSource source, int? lun) => source.DataDisk.FirstOrDefault(disk => disk.Lun == lun);

    private static string? Value(IReadOnlyDictionary<string, string> tags, string name) => tags.TryGetValue(name, out string? value) ? value : null;

    // Azure writes ids and words now in one casing, now in another.
    private static ImageDifference Row(string name, string? reference, string? difference) => new()
    {
        Property = name,
        Reference = reference,
        Difference = difference,
        IsEqual = string.Equals(reference, difference, name.StartsWith("Tag[", StringComparison.Ordinal) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase),
    };
}
