using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>
/// What the bytes of a disk are, kept in the disk's state: the name of a seed, a set of written pages, a footer. Few words, that
/// go with every copy; the bytes themselves are made when somebody looks.
/// </summary>
internal static class DiskBytes
{
    /// <summary>Key of <see cref="ResourceEntry.State"/>; copied with the bytes.</summary>
    public const string Key = "bytes";

    /// <summary>Path of the seed's name.</summary>
    public const string Seed = "bytes.seed";

    /// <summary>Path of the length of what was seeded; a disk that grows keeps it.</summary>
    public const string SeedLength = "bytes.length";

    /// <summary>Path of the key of the written pages.</summary>
    public const string Pages = "bytes.pages";

    /// <summary>Path of an uploaded footer.</summary>
    public const string Footer = "bytes.footer";

    /// <summary>Path of the size of the disk that the footer is of.</summary>
    public const string FooterAt = "bytes.footerAt";

    /// <summary>The bytes of a fresh disk of an image.</summary>
    public static JsonObject Seeded(string seed, long length) => new() { ["seed"] = seed, ["length"] = length };

    /// <summary>The content of a disk that is made of a fixed VHD.</summary>
    /// <param name="world">Where.</param>
    /// <param name="vhd">The file, checked.</param>
    /// <param name="purpose">What it is made for; decides the key under which the pages are kept.</param>
    public static JsonObject Import(SandboxWorld world, PageContent vhd, string purpose)
    {
        PageMap pages = PageMap.Copy(vhd);
        return Keep(world, pages, purpose);
    }

    /// <summary>Puts the pages that a client has uploaded into the disk's state.</summary>
    public static void Finish(SandboxWorld world, ResourceEntry disk)
    {
        if (disk.State.Text(Pages) is not { } key || world.Blobs.Disk(key) is not { } pages) return;
        JsonObject content = Keep(world, PageMap.Copy(pages), disk.Id);
        foreach (KeyValuePair<string, JsonNode?> pair in content) disk.State[pair.Key] = pair.Value?.DeepClone();
    }

    /// <summary>The pages into which a client uploads; made at the first look.</summary>
    public static PageMap Upload(SandboxWorld world, ResourceEntry disk)
    {
        long length = disk.Body.Number("properties.creationData.uploadSizeBytes")!.Value;
        if (disk.State.Text(Pages) is { } key && world.Blobs.Disk(key) is { } present) return present;
        var map = new PageMap(length);
        disk.State.Ensure(Key)["pages"] = world.Blobs.KeepDisk(map, disk.Id);
        return map;
    }

    /// <summary>Writes on a disk from outside; copies that were made before keep what they had.</summary>
    public static void Write(SandboxWorld world, ResourceEntry disk, long offset, byte[] bytes)
    {
        PageMap map = disk.State.Text(Pages) is { } key && world.Blobs.Disk(key) is { } present
            ? PageMap.Copy(present)
            : new PageMap(disk.Body.Number("properties.diskSizeBytes") ?? 0);
        map.Write(offset, bytes);
        disk.State.Ensure(Key)["pages"] = world.Blobs.KeepDisk(map, disk.Id);
        disk.State[DiskSource.UsedBytes] = (disk.State.Number(DiskSource.UsedBytes) ?? 0) + bytes.Length;
    }

    private static JsonObject Keep(SandboxWorld world, PageMap pages, string purpose)
    {
        long size = pages.Length - VhdFooter.Size;
        byte[] footer = pages.Read(size, VhdFooter.Size);
        JsonObject? guest = GuestArea.Read(pages);
        pages.Resize(size);
        JsonObject content = JsonText.NewObject();
        content[DiskSource.UsedBytes] = pages.StoredBytes;
        JsonObject bytes = content.Ensure(Key);
        bytes["pages"] = world.Blobs.KeepDisk(pages, purpose);
        if (VhdFooter.HasCookie(footer))
        {
            bytes["footer"] = Convert.ToBase64String(footer);
            bytes["footerAt"] = size;
        }

        if (guest is not null) content[DiskSource.Guest] = guest;
        return content;
    }
}
