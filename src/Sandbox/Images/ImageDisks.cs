using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Images;

/// <summary>The bytes that an image keeps. It owes nothing to its sources once it is made.</summary>
internal static class ImageDisks
{
    /// <summary>What a disk made from the image gets its bytes from.</summary>
    /// <param name="image">The image.</param>
    /// <param name="lun">Logical unit number of a data disk; null for the OS disk.</param>
    /// <returns>Null when the image has no such disk.</returns>
    public static DiskSource? Source(ResourceEntry image, int? lun)
    {
        if (image.State.Object(Key(lun)) is not { } disk) return null;
        return DiskSource.Of(disk.Number("sizeGB") ?? 0, disk.Object("traits"), disk.Object("content"));
    }

    /// <summary>Logical unit numbers of the data disks.</summary>
    public static IEnumerable<int> Luns(ResourceEntry image) =>
        image.Body.Items("properties.storageProfile.dataDisks").Select(static disk => (int)(disk.Number("lun") ?? 0));

    /// <summary>Keeps a disk's bytes.</summary>
    public static void Keep(JsonObject state, ImageDisk disk) =>
        Keep(state, disk.Lun, disk.Source with { Traits = Traits(disk) }, disk.SizeGB);

    /// <summary>Keeps a disk's bytes and traits under its logical unit number; null is the OS disk.</summary>
    public static void Keep(JsonObject state, int? lun, DiskSource source, long sizeGB)
    {
        JsonObject kept = JsonText.NewObject();
        kept["sizeGB"] = sizeGB;
        kept["traits"] = source.Traits.DeepClone();
        kept["content"] = source.Content.DeepClone();
        state[Key(lun)] = kept;
    }

    // The system is what the image says it is; a data disk has none.
    private static JsonObject Traits(ImageDisk disk)
    {
        if (disk.Lun is not null) return JsonText.NewObject();
        JsonObject traits = disk.Source.Traits.Copy();
        traits["osType"] = disk.Shown.Text("osType");
        return traits;
    }

    private static string Key(int? lun) => lun is null ? "osDisk" : $"dataDisk{lun}";
}
