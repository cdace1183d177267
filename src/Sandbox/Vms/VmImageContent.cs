using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Galleries;
using ImageCmdlets.Sandbox.Images;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Marketplace;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>What the image that a machine was made of holds today.</summary>
internal static class VmImageContent
{
    /// <summary>The guest's part of the OS disk; null when the image is gone or holds none.</summary>
    public static JsonObject? Find(SandboxWorld world, ResourceEntry vm)
    {
        JsonObject? reference = vm.Body.Object("properties.storageProfile.imageReference");
        DiskSource? source = reference.Text("id") is { } id
            ? Image(world, id, reference.Text("exactVersion")) is { } image ? ImageDisks.Source(image, null) : null
            : MarketplaceCatalogue.Default.FindImage(
                reference.Text("publisher"),
                reference.Text("offer"),
                reference.Text("sku"),
                reference.Text("exactVersion")) is { } found
                ? DiskSource.Of(found)
                : null;
        return source?.Content.Object(DiskSource.Guest)?.Copy();
    }

    // A managed image, a version, or the version of a definition that was the latest when the machine was made.
    private static ResourceEntry? Image(SandboxWorld world, string id, string? exactVersion) =>
        world.Store.Find(id, ImageSubject.Type) ?? world.Store.Find(id, GalleryTypes.Version) ??
        world.Store.Find($"{id}/versions/{exactVersion}", GalleryTypes.Version);
}
