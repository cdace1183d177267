using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Images;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Snapshots;
using static ImageCmdlets.Sandbox.Locations.Regions;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Disks, snapshots and blobs that an image version is made from, each disk from its own.</summary>
internal static class GalleryDiskSources
{
    private const string OSDisk = "osDiskImage";
    private const string DataDisk = "dataDiskImages";

    public static GalleryVersionDraft Resolve(RequestContext context, JsonObject profile)
    {
        JsonObject os = profile.Object(OSDisk) ?? throw ComputeErrors.Missing($"{Target(OSDisk)}");
        var disks = new List<GalleryVersionDisk> { Disk(context, os, OSDisk, null) };
        var luns = new HashSet<long>();
        foreach (JsonObject data in profile.Items(DataDisk))
        {
            long lun = data.Number("lun") ?? throw ComputeErrors.Missing($"{Target(DataDisk)}.lun");
            if (lun is < 0 or > 63) throw ComputeErrors.Invalid($"{Target(DataDisk)}.lun");
            if (!luns.Add(lun)) throw GalleryVersionErrors.DuplicateLuns();
            disks.Add(Disk(context, data, DataDisk, (int)lun));
        }

        CheckDistinct(disks);
        JsonObject source = disks[0].SentSource!;
        return new GalleryVersionDraft(disks)
        {
            SourceId = source.Text("uri") ?? source.Text("id")!,
            IsLive = source.Text("uri") is null,
        };
    }

    private static GalleryVersionDisk Disk(RequestContext context, JsonObject sent, string name, int? lun)
    {
        JsonObject source = sent.Object("source") ?? throw ComputeErrors.Missing($"{Target(name)}.source");
        // Recorded: the caching of a disk that the request leaves open.
        string caching =
            GalleryWords.Read(sent, "hostCaching", $"{Target(name)}.hostCaching", "None", "ReadOnly", "ReadWrite")
            ?? (lun is null ? "ReadWrite" : "ReadOnly");
        DiskSource bytes = source.Text("uri") is { } uri ? Blob(context, source, uri, name) : Managed(context, source, name);
        return new GalleryVersionDisk(lun, bytes, caching, source.Copy());
    }

    private static DiskSource Managed(RequestContext context, JsonObject source, string name)
    {
        string id = source.Text("id") ?? throw ComputeErrors.Missing($"{Target(name)}.source.id");
        ResourceId parsed = LinkedResource.Parse(context, id, $"properties.storageProfile.{name}.source.id");
        if (!parsed.IsOf(DiskKind.DiskType) && !parsed.IsOf(DiskKind.SnapshotType))
            throw GalleryVersionErrors.DiskKind(id, $"{Target(name)}.source.id");
        ResourceEntry? entry = context.World.Store.Find(id);
        if (entry is null || Normalize(entry.Location!) != context.Location) throw GalleryVersionErrors.SourceNotFound(id);
        GalleryEncryption.CheckSource(context, id, entry);
        if (entry.ProvisioningState != "Succeeded") throw ComputeErrors.Conflict();
        SnapshotCopy.CheckFinished(context.World, entry);
        return DiskSource.Of(entry);
    }

    // The account stands in id in older requests (recorded) and in storageAccountId in newer ones.
    private static DiskSource Blob(RequestContext context, JsonObject source, string uri, string name)
    {
        string account = source.Text("storageAccountId") ?? source.Text("id")
            ?? throw ComputeErrors.Missing($"{Target(name)}.source.storageAccountId");
        ResourceId holder =
            LinkedResource.Parse(context, account, $"properties.storageProfile.{name}.source.storageAccountId");
        if (!DiskSources.IsBlob(uri)) throw ImageErrors.BlobNotFound(uri.Split('?')[0], context.Target!.Name);
        return BlobImport.Find(context, uri, holder, context.Target!.Name)
            ?? DiskSources.BlobSource(name == OSDisk ? GalleryDefinition.Of(context).OSType : null);
    }

    private static void CheckDistinct(List<GalleryVersionDisk> disks)
    {
        string? os = disks[0].SentSource.Text("uri");
        if (os is not null && disks.Skip(1).Any(disk => Same(disk.SentSource.Text("uri"), os)))
            throw GalleryVersionErrors.SameBlob(os);
        string[] ids =
            [.. disks.Where(static d => d.SentSource.Text("uri") is null).Select(static d => d.SentSource.Text("id")!)];
        if (ids.Distinct(StringComparer.OrdinalIgnoreCase).Count() < ids.Length) throw GalleryVersionErrors.DuplicateSources();
    }

    private static string Target(string name) => $"{GalleryVersionErrors.Root}.storageProfile.{name}";

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
