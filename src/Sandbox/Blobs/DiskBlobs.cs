using System.Globalization;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Managed disks and snapshots as the page blobs that their signatures show.</summary>
internal static class DiskBlobs
{
    /// <summary>The disk behind an address, as a blob.</summary>
    /// <exception cref="BlobException">403: the signature is wrong, has expired, was revoked, or does not allow this.</exception>
    public static BlobItem Open(BlobRequest request, BlobOperation operation)
    {
        if (!operation.Writes && VmConsoleLog.Find(request) is { } log) return log;
        ResourceEntry disk = Find(request) ??
            throw BlobErrors.AuthenticationFailed("The signature does not belong to any disk that access is granted to.");
        DateTimeOffset expiry = Time(disk.State.Text("access.expires")!);
        if (request.Now >= expiry) throw BlobErrors.OutsideTime(null, expiry, request.Now);
        bool writable = disk.State.Text("access.mode") == "Write";
        if (!operation.OnDisks || (operation.Writes && !writable)) throw BlobErrors.PermissionMismatch();
        PageContent content = writable ? DiskBytes.Upload(request.World, disk) : DiskPages.Of(request.World, disk);
        return new BlobItem(BlobItem.PageBlob, content)
        {
            ETag = ETag(disk),
            LastModified = Time(disk.Body.Text("properties.timeCreated")!),
            Created = Time(disk.Body.Text("properties.timeCreated")!),
        };
    }

    /// <summary>When the signature of an address ends.</summary>
    public static DateTimeOffset? Expiry(BlobRequest request) =>
        Find(request)?.State.Text("access.expires") is { } text ? Time(text) : null;

    private static ResourceEntry? Find(BlobRequest request)
    {
        string path = request.Address.Path, signature = request.Query["sig"] ?? string.Empty;
        return request.World.Store.All.FirstOrDefault(entry =>
            entry.State.Text("access.path") == path && entry.State.Text("access.signature") == signature);
    }

    private static string ETag(ResourceEntry disk) => $"\"0x8D{disk.Body.Text("properties.uniqueId")!.Replace("-", string.Empty).Substring(0, 13).ToUpperInvariant()}\"";

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
