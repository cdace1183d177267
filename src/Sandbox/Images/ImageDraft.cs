using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Images;

/// <summary>An image to be made, its sources found and checked.</summary>
internal sealed record ImageDraft(IReadOnlyList<ImageDisk> Disks)
{
    /// <summary>Id of the machine that the image is made from, as it was sent.</summary>
    public string? VmId { get; init; }

    public bool? ZoneResilient { get; init; }

    /// <summary>Generation sent or read off the source; null at api-versions that do not know it.</summary>
    public string? Generation { get; init; }

    public ImageDisk OSDisk => Disks[0];

    /// <summary>The image's <c>properties</c>.</summary>
    /// <param name="finished">With sizes and Succeeded, or without and Creating.</param>
    public JsonObject ToProperties(bool finished)
    {
        JsonNode Show(ImageDisk disk) => finished ? disk.Finished() : ImageDisk.Order(disk.Shown);

        JsonObject properties = JsonText.NewObject();
        if (VmId is not null) properties["sourceVirtualMachine"] = new JsonObject { ["id"] = VmId };
        JsonObject profile = properties.Ensure("storageProfile");
        profile["osDisk"] = Show(OSDisk);
        profile["dataDisks"] = new JsonArray([.. Disks.Skip(1).Select(Show)]);
        if (ZoneResilient is { } resilient) profile["zoneResilient"] = resilient;
        properties["provisioningState"] = finished ? "Succeeded" : "Creating";
        if (Generation is not null) properties["hyperVGeneration"] = Generation;
        return properties;
    }

    /// <summary>What the image keeps of its disks.</summary>
    public JsonObject ToState()
    {
        JsonObject state = JsonText.NewObject();
        foreach (ImageDisk disk in Disks) ImageDisks.Keep(state, disk);
        return state;
    }
}
