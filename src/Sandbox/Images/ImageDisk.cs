using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Images;

/// <summary>One disk of an image to be made.</summary>
/// <param name="Shown">The disk as the image shows it while it is being made.</param>
/// <param name="Source">Its bytes.</param>
/// <param name="SourceName">What kind of source it is, as error texts call it.</param>
internal sealed record ImageDisk(JsonObject Shown, DiskSource Source, string SourceName)
{
    // Members in Azure's order.
    private static readonly string[] s_order =
    [
        "lun", "osType", "osState", "diskSizeGB", "snapshot", "managedDisk", "blobUri", "caching", "storageAccountType",
        "diskEncryptionSet",
    ];

    public int? Lun => (int?)Shown.Number("lun");

    public long SizeGB => Shown.Number("diskSizeGB") ?? Source.SizeGB;

    /// <summary>The disk as the finished image shows it: with its size.</summary>
    public JsonObject Finished()
    {
        JsonObject finished = Shown.Copy();
        finished["diskSizeGB"] = SizeGB;
        return Order(finished);
    }

    public static JsonObject Order(JsonObject disk)
    {
        JsonObject ordered = JsonText.NewObject();
        foreach (string name in s_order)
        {
            if (disk[name] is { } value) ordered[name] = value.DeepClone();
        }

        return ordered;
    }
}
