using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.DiskEncryptionSets;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>The keys with which a region's copies are encrypted.</summary>
internal static class GalleryEncryption
{
    private const string Path = "properties.publishingProfile.targetRegions.encryption";

    /// <summary>The encryption of a target region as the version shows it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="sent">What was sent.</param>
    /// <param name="region">The target region; a set serves its own region only.</param>
    public static JsonObject Complete(RequestContext context, JsonObject sent, string region)
    {
        JsonObject complete = JsonText.NewObject();
        if (sent.Object("osDiskImage") is { } os)
        {
            CheckSet(context, os, region);
            JsonObject shown = os.Copy();
            // Added by the service (recorded at 2023-07-03).
            shown["securityProfile"] ??= JsonText.NewObject();
            complete["osDiskImage"] = PropertyOrder.Sort(shown, ["securityProfile", "diskEncryptionSetId"]);
        }

        if (sent["dataDiskImages"] is null) return complete;
        JsonObject[] disks = [.. sent.Items("dataDiskImages")];
        if (disks.Any(static disk => disk.Number("lun") is null))
            throw ComputeErrors.Missing($"{GalleryVersionErrors.Root}.publishingProfile.targetRegions.encryption.lun");
        foreach (JsonObject disk in disks) CheckSet(context, disk, region);
        complete["dataDiskImages"] =
            new JsonArray([.. disks.Select(static disk => PropertyOrder.Sort(disk, ["lun", "diskEncryptionSetId"]))]);
        return complete;
    }

    private static void CheckSet(RequestContext context, JsonObject disk, string region)
    {
        if (disk.Text("diskEncryptionSetId") is not { } id) return;
        ResourceId set = LinkedResource.Parse(context, id, $"{Path}.diskEncryptionSetId");
        if (!string.Equals(set.SubscriptionId, context.SubscriptionId, StringComparison.OrdinalIgnoreCase))
            throw GalleryVersionErrors.EncryptionSetElsewhere(id, context.SubscriptionId);
        if (context.World.Store.Find(id, EncryptionSets.Type) is not { } found || found.Location != region)
            throw GalleryVersionErrors.EncryptionSetNotFound(id);
    }
}
