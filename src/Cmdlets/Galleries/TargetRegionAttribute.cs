using System.Collections;
using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>Makes target regions of what users write: <c>westeurope</c>, <c>westeurope=3</c>, a table, or that of the Az module.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TargetRegionAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_places = ["Location", "Name", "Region"];

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = Unwrap(inputData);
        IEnumerable<object?> items = given is IList list ? list.Cast<object?>() : [given];
        return items.Select(item => Read(Unwrap(item))).ToArray();
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;

    private static ImageTargetRegion Read(object? item)
    {
        try
        {
            return item switch
            {
                ImageTargetRegion region => region,
                string text => new ImageTargetRegion(text),
                IDictionary table => OfTable(table),
                _ => throw new ArgumentTransformationMetadataException("A target region is written as westeurope, westeurope=3, or @{ Location = 'westeurope'; ReplicaCount = 3 }."),
            };
        }
        catch (ImageCmdletsException exception)
        {
            throw new ArgumentTransformationMetadataException(exception.Message + " " + exception.RecommendedAction, exception);
        }
    }

    private static ImageTargetRegion OfTable(IDictionary table)
    {
        var region = new ImageTargetRegion();
        foreach (DictionaryEntry entry in table)
            Set(region, $"{entry.Key}", Unwrap(entry.Value));
        return region.Location.Length > 0 ? region : throw new ArgumentTransformationMetadataException("A target region needs a Location.");
    }

    private static void Set(ImageTargetRegion region, string name, object? value)
    {
        if (s_places.Contains(name, StringComparer.OrdinalIgnoreCase))
            region.Location = $"{value}";
        else if (Is(name, nameof(region.ReplicaCount)))
            region.ReplicaCount = LanguagePrimitives.ConvertTo<int>(value);
        else if (Is(name, nameof(region.StorageAccountType)))
            region.StorageAccountType = $"{value}";
        else if (Is(name, nameof(region.ExcludeFromLatest)))
            region.ExcludeFromLatest = LanguagePrimitives.ConvertTo<bool>(value);
        else if (Is(name, nameof(region.DiskEncryptionSetId)))
            region.DiskEncryptionSetId = $"{value}";
        else if (Is(name, nameof(region.DataDiskEncryptionSetId)))
            region.DataDiskEncryptionSetId = LanguagePrimitives.ConvertTo<string[]>(value);
        else
            throw new ArgumentTransformationMetadataException($"A target region has no '{name}': it has Location, ReplicaCount, StorageAccountType, ExcludeFromLatest, DiskEncryptionSetId and DataDiskEncryptionSetId.");
    }

    private static bool Is(string name, string property) => string.Equals(name, property, StringComparison.OrdinalIgnoreCase);
}
