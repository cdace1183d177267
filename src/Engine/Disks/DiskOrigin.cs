using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Disks;

/// <summary>What a disk or snapshot was made from.</summary>
/// <remarks>Source: <c>creationData</c>, which names one thing by one of several properties.</remarks>
internal static class DiskOrigin
{
    /// <summary>The id of a disk, snapshot, image or marketplace version, or the address of a blob; null for an empty disk.</summary>
    public static string? Of(JsonElement properties)
    {
        JsonElement creation = properties.Find("creationData") ?? default;
        return creation.Text("sourceResourceId")
            ?? creation.Text("imageReference", "id")
            ?? creation.Text("galleryImageReference", "id")
            ?? WithoutSignature(creation.Text("sourceUri"));
    }

    /// <summary>The address of a blob without its query: a signature in it is a secret.</summary>
    public static string? WithoutSignature(string? address) => address?.Split('?')[0];
}
