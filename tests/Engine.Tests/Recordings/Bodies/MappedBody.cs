using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>What the engine makes of a body, as lines of text that can be compared: one for each property a user sees.</summary>
internal static class MappedBody
{
    /// <summary>Through the engine's mapper of the type.</summary>
    public static IReadOnlyList<string> Lines(string type, JsonObject body)
    {
        JsonElement item = RecordedBody.Element(body);
        return Lines(type switch
        {
            ResourceTypes.Image => ImageMapper.Map(item),
            ResourceTypes.Snapshot => SnapshotMapper.Map(item),
            ResourceTypes.Disk => DiskMapper.Map(item),
            ResourceTypes.Gallery => GalleryMapper.Gallery(item),
            ResourceTypes.GalleryImage => GalleryMapper.Definition(item),
            ResourceTypes.GalleryImageVersion => VersionMapper.Map(item),
            _ => (ArmResource)VMMapper.Map(item),
        });
    }

    /// <summary>Every public property of an object that the engine wrote.</summary>
    public static IReadOnlyList<string> Lines(ArmResource resource) => Lines(resource.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .ToDictionary(property => property.Name, property => property.GetValue(resource)));

    /// <summary>The same of an expectation.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyDictionary<string, object?> properties) =>
        [.. properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => $"{property.Key} = {Show(property.Value)}")];

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        DateTimeOffset time => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        DiskReference disk => $"(lun {Show(disk.Lun)}, {Show(disk.SourceId)}, {Show(disk.DiskSizeGB)}, {Show(disk.Caching)}, {Show(disk.StorageAccountType)})",
        ImageTargetRegion region => GalleryExpectation.Show(region),
        IReadOnlyDictionary<string, string> map => "{" + string.Join(", ", map.OrderBy(pair => pair.Key, StringComparer.Ordinal)) + "}",
        IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Show)) + "]",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
