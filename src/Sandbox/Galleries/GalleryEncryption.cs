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

    /// <summary>Refuses a source of another subscription that is encrypted with somebody's own key.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The source as the request names it.</param>
    /// <param name="source">What is encrypted: the source itself or a disk of it.</param>
    /// <exception cref="Errors.ArmException">400 InvalidParameter.</exception>
    public static void CheckSource(RequestContext context, string id, ResourceEntry source)
    {
        if (!string.Equals(source.SubscriptionId, context.SubscriptionId, StringComparison.OrdinalIgnoreCase) && HasOwnKey(source))
            throw GalleryVersionErrors.EncryptedElsewhere(id, context.SubscriptionId, source.SubscriptionId);
    }

    // A disk or snapshot, an image with its disks, a version with those of its regions.
    private static bool HasOwnKey(ResourceEntry source) =>
        source.Body.Text("properties.encryption.diskEncryptionSetId") is not null ||
        source.Body.Text("properties.storageProfile.osDisk.diskEncryptionSet.id") is not null ||
        source.Body.Items("properties.storageProfile.dataDisks").Any(static disk => disk.Text("diskEncryptionSet.id") is not null) ||
        source.Body.Items("properties.publishingProfile.targetRegions").Any(static region => region.Object("encryption") is { Count: > 0 });

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
