using ImageCmdlets.Engine.Images;
using ImageCmdlets.Engine.Lineage;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>What the copy in a region is to be: the source with its disks replaced by the snapshots that have arrived.</summary>
internal static class CopyContent
{
    public static ImageContent Of(Operation operation, CopySource source, CopyRegion region, IReadOnlyList<ResourceId> snapshots)
    {
        CustomImage image = source.Image;
        DiskReference[] disks = [.. source.Disks.Select((disk, i) => disk.Reference with
        {
            SourceId = snapshots[i].Text,
            StorageAccountType = StorageTypeIn(region, disk.Reference.StorageAccountType),
        })];
        if (image.ZoneResilient && !region.Region.HasZones)
            operation.Warning($"The region '{region.Region.Name}' has no availability zones; the copy of '{image.Name}' there is not zone-resilient.");

        return new ImageContent
        {
            Location = region.Region.Name,
            OSType = image.OSType,
            OSState = image.OSState ?? "Generalized",
            OSDisk = disks.Single(disk => disk.Lun is null),
            DataDisk = [.. disks.Where(disk => disk.Lun is not null)],
            HyperVGeneration = image.HyperVGeneration,
            ZoneResilient = image.ZoneResilient && region.Region.HasZones ? true : null,
            Tag = TagOf(source, region),
        };
    }

    /// <summary>The tags asked for, else the source's; its purchase plan in any case, without which no machine can be made of the copy.</summary>
    public static Dictionary<string, string> TagOf(CopySource source, CopyRegion region)
    {
        Dictionary<string, string> tags = OperationTags.CarriedOver(source.Image.Tag, region.Target.Tag);
        PlanTags.Write(tags, source.Image.Plan);
        LineageTags.WriteCopy(tags, source.Id.Text, source.Image.Tag);
        return tags;
    }

    private static string? StorageTypeIn(CopyRegion region, string? type) =>
        type is not null && !region.Region.HasZones && type.EndsWith("_ZRS", StringComparison.Ordinal)
            ? type.Substring(0, type.Length - "ZRS".Length) + "LRS"
            : type;
}
