using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>A disk or snapshot to be made, checked and complete.</summary>
/// <param name="Kind">Disk or snapshot.</param>
/// <param name="Id">Its id.</param>
/// <param name="Location">Its region.</param>
/// <param name="Source">What its bytes come from.</param>
internal sealed record DiskSpecification(DiskKind Kind, ResourceId Id, string Location, DiskSource Source)
{
    public required string Sku { get; init; }

    public required long SizeGB { get; init; }

    /// <summary>Exact size where it is not a whole number of GiB: that of an uploaded or imported VHD.</summary>
    public long? SizeBytes { get; init; }

    /// <summary><c>creationData</c> as the resource will show it.</summary>
    public required JsonObject CreationData { get; init; }

    /// <summary>Further properties that the client has chosen.</summary>
    public JsonObject Settings { get; init; } = JsonText.NewObject();

    public JsonObject? Tags { get; init; }

    public JsonArray? Zones { get; init; }
}
