using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>An image version as a client of an api-version sees it.</summary>
internal static class GalleryVersionView
{
    private static readonly string[] s_order =
        ["publishingProfile", "storageProfile", "safetyProfile", "securityProfile", "replicationStatus", "provisioningState"];

    private static readonly string[] s_firstOrder =
        ["publishingProfile", "provisioningState", "storageProfile", "replicationStatus"];

    private static readonly string[] s_firstPublishingOrder =
        ["replicaCount", "excludeFromLatest", "publishedDate", "endOfLifeDate", "targetRegions", "source"];

    public static JsonObject Show(RequestContext context, ResourceEntry version)
    {
        JsonObject body = GalleryBodies.Show(
            context,
            version,
            ("safetyProfile", GalleryApi.SafetyProfile),
            ("safetyProfile.blockDeletionBeforeEndOfLife", GalleryApi.SoftDeletedLists),
            ("securityProfile", GalleryApi.SecurityProfile),
            ("publishingProfile.storageAccountType", GalleryApi.StorageType));
        JsonObject properties = body.Object("properties")!;
        if (context.Query["$expand"] is { } expand &&
            expand.IndexOf("ReplicationStatus", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            properties["replicationStatus"] = Replication.Status(version, context.Now);
        }

        bool old = !GalleryApi.Knows(context, GalleryApi.StorageProfile);
        if (old) ShowSourceAsFirst(context, properties);
        body["properties"] = PropertyOrder.Sort(properties, old ? s_firstOrder : s_order);
        return body;
    }

    private static void ShowSourceAsFirst(RequestContext context, JsonObject properties)
    {
        JsonObject publishing = properties.Object("publishingProfile")!, storage = properties.Object("storageProfile")!;
        if (storage.Text("source.id") is { } id)
            publishing["source"] = new JsonObject { ["managedImage"] = new JsonObject { ["id"] = id } };
        storage.Remove("source");
        storage.Object("osDiskImage")?.Remove("source");
        // Sizes were not told while an update ran (recorded).
        if (storage.Count == 0 || properties.Text("provisioningState") == "Updating") properties.Remove("storageProfile");
        if (!GalleryApi.Knows(context, GalleryApi.StorageType))
        {
            foreach (JsonObject region in publishing.Items("targetRegions")) region.Remove("storageAccountType");
        }

        properties["publishingProfile"] = PropertyOrder.Sort(publishing, s_firstPublishingOrder);
    }
}
