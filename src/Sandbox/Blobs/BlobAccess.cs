using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Storage;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Finds the container and the blob of a request, and writes changes down.</summary>
internal static class BlobAccess
{
    private static readonly BlobOperation s_source =
        new("Blob_Download", 'o', 'r', static _ => new BlobAnswer(200)) { OnDisks = true };

    /// <summary>The container of the request.</summary>
    public static ResourceEntry Container(BlobRequest request) =>
        BlobContainers.Find(request.World, request.Account!, request.Address.Container!) ?? throw BlobErrors.ContainerNotFound();

    /// <summary>The blob of the request; null when there is none.</summary>
    public static BlobItem? Find(BlobRequest request)
    {
        Container(request);
        BlobItem? item = request.World.Blobs.Find(request.Address.Account, request.Address.Container!, request.Address.Blob!);
        if (item is not null) BlobCopies.Settle(request.World, item);
        return item;
    }

    /// <summary>The blob or disk that a request reads; what it depends on has been checked.</summary>
    public static BlobItem Read(BlobRequest request)
    {
        BlobItem item = request.Address.IsDisk ? DiskBlobs.Open(request, s_source) : Find(request) ?? throw BlobErrors.BlobNotFound();
        BlobConditions.CheckRead(request, item);
        return item;
    }

    /// <summary>The blob that a request changes; what it depends on has been checked.</summary>
    public static BlobItem Write(BlobRequest request)
    {
        BlobItem item = Find(request) ?? throw BlobErrors.BlobNotFound();
        BlobConditions.CheckWrite(request, item);
        if (item.Copy?.Status == BlobCopy.Pending) throw BlobErrors.PendingCopy();
        return item;
    }

    /// <summary>A blob or disk at another address, read with the signature in that address.</summary>
    public static BlobItem ReadOther(BlobRequest request, string address) => Other(request, address).Item;

    /// <summary>The source of a copy, with the time until which it can be read.</summary>
    public static (BlobItem Item, DateTimeOffset? Expiry) Other(BlobRequest request, string address)
    {
        BlobRequest? other = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? Open(request, uri) : null;
        if (other is null) throw BlobErrors.CannotVerifyCopySource(404, "The specified resource does not exist.");
        try
        {
            if (other.Address.IsDisk) return (DiskBlobs.Open(other, s_source), DiskBlobs.Expiry(other));
            // Whoever has shown the key of the account may read all that is in it.
            bool own = request.Address.Account == other.Address.Account && other.Query["sig"] is null;
            DateTimeOffset? expiry = own ? null : BlobAuthorization.Check(other, s_source);
            return (Find(other) ?? throw BlobErrors.BlobNotFound(), expiry);
        }
        catch (BlobException refusal)
        {
            throw BlobErrors.CannotVerifyCopySource(refusal.Status == 409 ? 403 : refusal.Status, refusal.Text);
        }
    }

    /// <summary>Gives a changed blob its new tag and time.</summary>
    public static BlobItem Touch(BlobRequest request, BlobItem item)
    {
        item.LastModified = request.Now;
        byte[] tag = request.World.Ids.Derive($"etag|{request.Address.Path}|{request.World.Ids.NextGuid($"etag|{request.Address.Path}")}", 7);
        item.ETag = $"\"0x8D{string.Concat(tag.Select(static b => b.ToString("X2")))}\"";
        return item;
    }

    private static BlobRequest? Open(BlobRequest request, Uri uri)
    {
        SandboxWorld world = request.World;
        if (BlobAddress.TryParse(uri, name => StorageAccounts.Find(world, name) is not null) is not { Blob: not null } address) return null;
        ResourceEntry? account = address.IsDisk ? null : StorageAccounts.Find(world, address.Account);
        if (account is null && !address.IsDisk) return null;
        return new BlobRequest(world, new SandboxRequest("GET", uri), address, account);
    }
}
