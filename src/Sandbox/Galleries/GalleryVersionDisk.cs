using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>One disk of an image version.</summary>
/// <param name="Lun">Logical unit number; null for the OS disk.</param>
/// <param name="Source">Its bytes.</param>
/// <param name="HostCaching">Caching of disks made of it.</param>
/// <param name="SentSource">The source as the request names it; null when the whole image has one source.</param>
internal sealed record GalleryVersionDisk(int? Lun, DiskSource Source, string HostCaching, JsonObject? SentSource)
{
    /// <summary>The disk as the version shows it.</summary>
    /// <param name="finished">With its size, or without while it is being made.</param>
    public JsonObject Show(bool finished)
    {
        JsonObject shown = JsonText.NewObject();
        if (Lun is { } lun) shown["lun"] = lun;
        if (finished) shown["sizeInGB"] = Source.SizeGB;
        shown["hostCaching"] = HostCaching;
        // An OS disk without a source of its own shows an empty one (recorded).
        if (SentSource is not null)
            shown["source"] = PropertyOrder.Sort(SentSource, ["uri", "id", "storageAccountId"]);
        else if (Lun is null)
            shown["source"] = JsonText.NewObject();
        return shown;
    }
}
