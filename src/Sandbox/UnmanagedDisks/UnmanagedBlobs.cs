using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Storage;

namespace ImageCmdlets.Sandbox.UnmanagedDisks;

/// <summary>
/// The blobs of unmanaged disks. While its machine has a disk, its bytes are the machine's and nobody else can write the blob; what
/// the guest has done is in the blob when the machine stands still.
/// </summary>
internal static class UnmanagedBlobs
{
    // Key of a machine's state: the blobs into which it was captured.
    private const string Captures = "captures";

    /// <summary>Writes a machine's disks into their blobs, where the accounts are the sandbox's.</summary>
    public static void Write(SandboxWorld world, ResourceEntry vm)
    {
        foreach (JsonObject disk in Disks(vm))
        {
            if (Pages(world, vm, disk) is { } pages) Put(world, disk.Text("vhd.uri")!, pages, Lease(world, vm));
        }
    }

    /// <summary>Copies a machine's disk into another blob.</summary>
    public static void Capture(SandboxWorld world, ResourceEntry vm, JsonObject disk, string uri)
    {
        if (Pages(world, vm, disk) is { } pages) Put(world, uri, pages, new BlobLease());
        if (!vm.State.Items(Captures).Any(present => IsAt(present, uri)))
            (vm.State.Array(Captures) ?? Captured(vm)).Add((JsonNode)new JsonObject { ["uri"] = uri });
    }

    /// <summary>Whether a machine has been captured into a blob that is still there; of accounts that are not the sandbox's nothing goes.</summary>
    public static bool IsCaptured(SandboxWorld world, ResourceEntry vm, string uri) => Address(world, uri) is null
        ? vm.State.Items(Captures).Any(present => IsAt(present, uri))
        : Find(world, uri) is not null;

    private static JsonArray Captured(ResourceEntry vm)
    {
        var captures = new JsonArray();
        vm.State[Captures] = captures;
        return captures;
    }

    private static bool IsAt(JsonObject capture, string uri) => string.Equals(capture.Text("uri"), uri, StringComparison.OrdinalIgnoreCase);

    /// <summary>The machine is gone: its disks are in their blobs, which anybody may have now.</summary>
    public static void Release(SandboxWorld world, ResourceEntry vm)
    {
        foreach (JsonObject disk in Disks(vm))
        {
            if (Find(world, disk.Text("vhd.uri")!) is { } item) item.Lease = new BlobLease();
        }
    }

    private static DiskPages? Pages(SandboxWorld world, ResourceEntry vm, JsonObject disk) =>
        UnmanagedDisk.Content(vm, disk) is { } content
            ? new DiskPages(world.Blobs, (disk.Number("diskSizeGB") ?? 0) * DiskSource.GiB, content)
            : null;

    // Compute makes the container where there is none.
    private static void Put(SandboxWorld world, string uri, PageContent content, BlobLease lease)
    {
        if (Address(world, uri) is not { Container: { } container, Blob: { } blob } address) return;
        ResourceEntry account = StorageAccounts.Find(world, address.Account)!;
        if (BlobContainers.Find(world, account, container) is null) BlobContainers.Create(world, account, container, "None");
        byte[] tag = world.Ids.Derive($"etag|{address.Path}|{world.Now.UtcTicks}", 7);
        world.Blobs.Put(address.Account, container, blob, new BlobItem(BlobItem.PageBlob, PageMap.Copy(content))
        {
            Created = world.Now,
            LastModified = world.Now,
            ETag = $"\"0x8D{string.Concat(tag.Select(static b => b.ToString("X2")))}\"",
            Lease = lease,
        });
    }

    private static BlobItem? Find(SandboxWorld world, string uri) => Address(world, uri) is { Container: { } container, Blob: { } blob } address
        ? world.Blobs.Find(address.Account, container, blob)
        : null;

    private static BlobAddress? Address(SandboxWorld world, string uri)
    {
        var address = BlobAddress.TryParse(new Uri(uri), name => StorageAccounts.Find(world, name) is not null);
        return address is not null && StorageAccounts.Find(world, address.Account) is not null ? address : null;
    }

    private static BlobLease Lease(SandboxWorld world, ResourceEntry vm) => new()
    {
        Id = new Guid(world.Ids.Derive($"lease|{vm.Id}", 16)).ToString(),
        Duration = -1,
        Expires = world.Now,
    };

    private static IEnumerable<JsonObject> Disks(ResourceEntry vm)
    {
        IEnumerable<JsonObject> disks = vm.Body.Items("properties.storageProfile.dataDisks");
        if (vm.Body.Object("properties.storageProfile.osDisk") is { } system) disks = disks.Prepend(system);
        return disks.Where(UnmanagedDisk.IsMeant);
    }
}
