using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Locations;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>Makes an <see cref="ImageSnapshot"/> of Azure's answer.</summary>
internal static class SnapshotMapper
{
    /// <summary>Maps a snapshot.</summary>
    /// <param name="item">Azure's JSON.</param>
    /// <param name="isMarked">False: the mark of an unfinished run has been taken off since.</param>
    public static ImageSnapshot Map(JsonElement item, bool isMarked = true)
    {
        JsonElement properties = item.Find("properties") ?? default;
        IReadOnlyDictionary<string, string> tags = isMarked ? item.Map("tags") : SnapshotMark.Without(item.Map("tags"));
        return new ImageSnapshot(item.Text("id")!)
        {
            Location = LocationCatalog.Of(item),
            Tag = tags,
            ProvisioningState = properties.Text("provisioningState"),
            SourceId = SnapshotTags.Origin(tags) ?? DiskOrigin.Of(properties),
            VMId = SnapshotTags.VMId(tags),
            SetId = SnapshotTags.SetId(tags),
            Consistency = SnapshotTags.Consistency(tags),
            RestorePointId = SnapshotTags.RestorePointId(tags),
            OSState = MachineTags.OSState(tags),
            Lun = SnapshotTags.Lun(tags),
            OSType = properties.Text("osType"),
            HyperVGeneration = properties.Text("hyperVGeneration"),
            Sku = item.Text("sku", "name"),
            DiskSizeGB = properties.Number("diskSizeGB"),
            Incremental = properties.Truth("incremental") ?? false,
            CompletionPercent = DiskFacts.CompletionOf(properties),
            DiskState = properties.Text("diskState"),
            TimeCreated = properties.Time("timeCreated"),
        };
    }
}
