using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Galleries, images and versions as others than their owners see them: no ids of ARM, no sources (recorded).</summary>
internal static class PublicGalleryBodies
{
    private static readonly string[] s_image =
    [
        "osType", "osState", "endOfLifeDate", "recommended", "disallowed", "hyperVGeneration", "features", "architecture",
        "purchasePlan", "identifier", "privacyStatementUri", "eula",
    ];

    /// <summary>What all of them are wrapped in.</summary>
    /// <param name="properties">Their properties; null for galleries in lists, which have none.</param>
    /// <param name="region">Region asked about.</param>
    /// <param name="name">Their name.</param>
    /// <param name="uniqueId">Such as <c>/SharedGalleries/{gallery}/Images/{image}</c>.</param>
    /// <param name="type">Their type; null for what is shared, which tells none.</param>
    public static JsonObject Wrap(JsonObject? properties, string region, string name, string uniqueId, string? type = null)
    {
        JsonObject body = JsonText.NewObject();
        if (properties is not null) body["properties"] = properties;
        body["location"] = region;
        body["name"] = name;
        if (type is not null) body["type"] = type;
        body["identifier"] = new JsonObject { ["uniqueId"] = uniqueId };
        return body;
    }

    /// <summary>Properties of a definition.</summary>
    public static JsonObject Image(ResourceEntry image)
    {
        JsonObject properties = JsonText.NewObject();
        GalleryBodies.Take(image.Properties, properties, s_image);
        // Recorded: there even when the definition recommends nothing.
        properties["recommended"] ??= JsonText.NewObject();
        return PropertyOrder.Sort(properties, s_image);
    }

    /// <summary>Properties of a version.</summary>
    public static JsonObject Version(ResourceEntry version)
    {
        JsonObject properties = JsonText.NewObject(), publishing = version.Body.Object("properties.publishingProfile")!;
        GalleryBodies.Take(publishing, properties, ["publishedDate", "endOfLifeDate", "excludeFromLatest"]);
        JsonObject storage = properties.Ensure("storageProfile");
        storage["osDiskImage"] = Disk(version.Body.Object("properties.storageProfile.osDiskImage")!);
        JsonNode[] disks = [.. version.Body.Items("properties.storageProfile.dataDiskImages").Select(Disk)];
        if (disks.Length > 0) storage["dataDiskImages"] = new JsonArray(disks);
        return properties;
    }

    /// <summary>Definitions of a gallery of which a region has a version.</summary>
    public static IEnumerable<ResourceEntry> Images(RequestContext context, ResourceEntry gallery, string region) =>
        context.World.Store.Below(gallery.Id)
        .Where(image => image.Type == GalleryTypes.Image && Versions(context, image, region).Any());

    /// <summary>Versions of a definition that a region has.</summary>
    public static IEnumerable<ResourceEntry> Versions(RequestContext context, ResourceEntry image, string region) =>
        context.World.Store.Below(image.Id)
        .Where(version => version.Type == GalleryTypes.Version && Replication.IsAvailable(version, region, context.Now));

    /// <summary>The region of the request's path.</summary>
    public static string Region(RequestContext context) => Regions.Normalize(context.Route["location"]);

    private static JsonObject Disk(JsonObject disk)
    {
        JsonObject shown = JsonText.NewObject();
        if (disk["lun"] is { } lun) shown["lun"] = lun.DeepClone();
        shown["diskSizeGB"] = disk["sizeInGB"]?.DeepClone();
        shown["hostCaching"] = disk["hostCaching"]?.DeepClone();
        return shown;
    }
}
