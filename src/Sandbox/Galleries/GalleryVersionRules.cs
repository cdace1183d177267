using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>What cannot happen to an image version that exists.</summary>
internal static class GalleryVersionRules
{
    private const string Storage = "properties.storageProfile";

    /// <summary>Refuses an update that names another source, other disks, or too few regions.</summary>
    /// <param name="context">The request.</param>
    /// <param name="version">The version as it is.</param>
    /// <param name="publishing">Its publishing profile from now on.</param>
    /// <param name="safety">Its safety profile from now on.</param>
    public static void CheckChange(RequestContext context, ResourceEntry version, JsonObject publishing, JsonObject safety)
    {
        foreach (string name in new[] { "id", "virtualMachineId", "communityGalleryImageId" })
            CheckSame(context.Body, version.Body, $"{Storage}.source.{name}", $"storageProfile.source.{name}");
        CheckDisk(context.Body.Object($"{Storage}.osDiskImage"), version.Body.Object($"{Storage}.osDiskImage"), "osDiskImage");
        foreach (JsonObject disk in context.Body.Items($"{Storage}.dataDiskImages"))
        {
            JsonObject present = version.Body.Items($"{Storage}.dataDiskImages")
                .FirstOrDefault(other => other.Number("lun") == disk.Number("lun")) ?? throw GalleryVersionErrors.DisksChanged();
            CheckDisk(disk, present, "dataDiskImages");
        }

        CheckSame(
            context.Body,
            version.Body,
            "properties.publishingProfile.replicationMode",
            "publishingProfile.replicationMode",
            otherwise: "Full");
        CheckRegions(context, version, publishing, safety);
    }

    /// <summary>Refuses a deletion that the safety profile forbids.</summary>
    public static void CheckDeletion(RequestContext context, ResourceEntry version)
    {
        if (version.Body.Flag("properties.safetyProfile.blockDeletionBeforeEndOfLife") != true) return;
        if (version.Body.Text("properties.publishingProfile.endOfLifeDate") is not { } end) return;
        if (ArmTime.Parse(end) > context.Now) throw GalleryVersionErrors.BeforeEndOfLife(version.Name, end);
    }

    /// <summary>Refuses an update that gives up regions without saying that it may.</summary>
    public static void CheckRegions(RequestContext context, ResourceEntry version, JsonObject publishing, JsonObject safety)
    {
        // Versions before the safety profile took any list of regions.
        if (!GalleryApi.Knows(context, GalleryApi.SafetyProfile)) return;
        if (safety.Flag("allowDeletionOfReplicatedLocations") == true) return;
        var named = new HashSet<string>(publishing.Items("targetRegions").Select(static region => region.Text("name")!));
        bool complete = version.Body.Items("properties.publishingProfile.targetRegions")
            .All(region => named.Contains(region.Text("name")!));
        string type = version.Type == GalleryTypes.Version ? "GalleryImageVersion" : "GalleryApplicationVersion";
        if (!complete) throw GalleryVersionErrors.RegionsRemoved(version.Name, type);
    }

    private static void CheckDisk(JsonObject? sent, JsonObject? present, string name)
    {
        if (sent is null) return;
        foreach (string path in new[] { "source.id", "source.uri", "source.storageAccountId", "hostCaching" })
            CheckSame(sent, present, path, $"storageProfile.{name}.{path}");
    }

    private static void CheckSame(JsonNode? sent, JsonNode? present, string path, string name, string? otherwise = null)
    {
        if (sent.Text(path) is not { } value) return;
        if (!string.Equals(value, present.Text(path) ?? otherwise, StringComparison.OrdinalIgnoreCase))
            throw ComputeErrors.PropertyChange($"{GalleryVersionErrors.Root}.{name}");
    }
}
