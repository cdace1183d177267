using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Storage;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>
/// Reads the VHD in a blob, for disks, snapshots and images. Compute reads blobs of the subscription by itself, without a
/// signature.
/// </summary>
internal static class BlobImport
{
    private const long MiB = 1024 * 1024;

    /// <summary>The disk in a blob.</summary>
    /// <param name="context">The request.</param>
    /// <param name="uri">Address of the blob.</param>
    /// <param name="storageAccount">The account as the request names it; it must when the account is in another subscription.</param>
    /// <param name="disk">Name of what is to be made, for error texts.</param>
    /// <returns>Null when the account is none of the sandbox's: nobody can look into it, and it is taken to hold a VHD.</returns>
    public static DiskSource? Find(RequestContext context, string uri, ResourceId? storageAccount, string disk)
    {
        string shown = uri.Split('?')[0];
        if (!DiskSources.IsBlob(uri)) throw DiskErrors.BlobNotFound(shown, disk);
        SandboxWorld world = context.World;
        BlobAddress? address = Address(world, uri);
        if (address is null || StorageAccounts.Find(world, address.Account) is not { } account) return null;
        CheckAccount(context, account, storageAccount);
        BlobItem item = Item(world, address) ?? throw DiskErrors.BlobNotFound(shown, disk);
        if (item.Copy is { Status: not BlobCopy.Success } copy) throw DiskErrors.BlobNotCopied(shown, copy.Status);
        // Disks say that it is no VHD (pasted by users of Terraform), images and machines say what is wrong with it.
        bool isDisk = context.Operation.Type.FullName is DiskKind.DiskType or DiskKind.SnapshotType;
        if (item.Type != BlobItem.PageBlob && !isDisk) throw DiskErrors.NoPageBlob(disk, shown);
        Check(item.Content, item.Type, shown, disk);
        return DiskSource.Empty with
        {
            SizeBytes = item.Content.Length - VhdFooter.Size,
            Content = DiskBytes.Import(world, item.Content, context.Target!.ToString()),
        };
    }

    /// <summary>How it stands with the copy that fills a blob, as <c>Pending</c>; null when nothing does or everything is there.</summary>
    public static string? UnfinishedCopy(SandboxWorld world, string uri) =>
        DiskSources.IsBlob(uri) && Address(world, uri) is { } address && Item(world, address)?.Copy is { Status: not BlobCopy.Success } copy
            ? char.ToUpperInvariant(copy.Status[0]) + copy.Status.Substring(1)
            : null;

    /// <summary>Refuses what is no fixed VHD of whole MiB.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="type">Type of the blob.</param>
    /// <param name="shown">Address for error texts.</param>
    /// <param name="disk">Name for error texts.</param>
    public static void Check(PageContent content, string type, string shown, string disk)
    {
        if (type != BlobItem.PageBlob || content.Length <= VhdFooter.Size) throw DiskErrors.NoVhd();
        byte[] footer = content.Read(content.Length - VhdFooter.Size, VhdFooter.Size);
        if (!VhdFooter.HasCookie(footer)) throw DiskErrors.NoCookie(disk, shown);
        if (!VhdFooter.IsFixed(footer)) throw DiskErrors.NotFixed(disk, shown);
        long size = VhdFooter.DiskSize(footer);
        if (!VhdFooter.IsIntact(footer) || size != content.Length - VhdFooter.Size) throw DiskErrors.NoVhd();
        if (size % MiB != 0) throw DiskErrors.VirtualSize(shown, size);
    }

    private static BlobAddress? Address(SandboxWorld world, string uri) =>
        BlobAddress.TryParse(new Uri(uri), name => StorageAccounts.Find(world, name) is not null);

    private static BlobItem? Item(SandboxWorld world, BlobAddress address)
    {
        if (address is not { Container: { } container, Blob: { } blob } || world.Blobs.Find(address.Account, container, blob) is not { } item)
            return null;
        BlobCopies.Settle(world, item);
        return item;
    }

    private static void CheckAccount(RequestContext context, ResourceEntry account, ResourceId? named)
    {
        bool own = string.Equals(account.SubscriptionId, context.SubscriptionId, StringComparison.OrdinalIgnoreCase);
        bool said = named is not null && string.Equals(named.ToString(), account.Id, StringComparison.OrdinalIgnoreCase);
        if (!own && !said) throw ComputeErrors.Missing("creationData.storageAccountId");
        if (Regions.Normalize(account.Location!) != context.Location) throw DiskErrors.AccountElsewhere(account.Name, account.Location!, context.Location);
    }
}
