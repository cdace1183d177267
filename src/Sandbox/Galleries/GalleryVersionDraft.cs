using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Images;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>An image version to be made, its sources found and checked.</summary>
/// <param name="Disks">The disks, the one of the system first.</param>
internal sealed record GalleryVersionDraft(IReadOnlyList<GalleryVersionDisk> Disks)
{
    /// <summary>The one source of the whole image as the request names it; null when each disk has its own.</summary>
    public JsonObject? Source { get; init; }

    /// <summary>Id of the source that error texts name.</summary>
    public required string SourceId { get; init; }

    /// <summary><c>Generalized</c> or <c>Specialized</c>; null when the source does not say.</summary>
    public string? OSState { get; init; }

    /// <summary>
    /// Whether the source is a machine, a disk or a snapshot: what the definition says of security must be true of it.
    /// </summary>
    public bool IsLive { get; init; }

    /// <summary>The machine's purchase plan; null for one without and for other sources.</summary>
    public JsonObject? Plan { get; init; }

    public bool IsMachine { get; init; }

    /// <summary>The machine's security type; null for other sources, whose disks tell it.</summary>
    public string? MachineSecurity { get; init; }

    /// <summary>Why the version cannot be had; found out only while it is made.</summary>
    public ArmError? Refusal { get; init; }

    public DiskSource System => Disks[0].Source;

    /// <summary>Bytes that have to be copied into each region.</summary>
    public long UsedBytes => Disks.Sum(static disk => disk.Source.Content.Number(DiskSource.UsedBytes) ?? 0);

    /// <summary>The <c>storageProfile</c>.</summary>
    /// <param name="finished">As the finished version shows it; sizes are not known before.</param>
    public JsonObject ToStorageProfile(bool finished)
    {
        JsonObject profile = JsonText.NewObject();
        if (Source is not null) profile["source"] = Source.DeepClone();
        if (Source is not null && !finished) return profile;
        profile["osDiskImage"] = Disks[0].Show(finished);
        if (Disks.Count > 1)
            profile["dataDiskImages"] = new JsonArray([.. Disks.Skip(1).Select(disk => (JsonNode)disk.Show(finished))]);
        return profile;
    }

    /// <summary>Keeps the bytes of all disks.</summary>
    public void Keep(JsonObject state)
    {
        foreach (GalleryVersionDisk disk in Disks) ImageDisks.Keep(state, disk.Lun, disk.Source, disk.Source.SizeGB);
    }
}
