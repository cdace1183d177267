using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.UnmanagedDisks;

/// <summary>A disk of a machine that lies in a blob of the client's own storage account, as all did before managed disks.</summary>
/// <param name="Name">Name in the machine.</param>
/// <param name="Uri">Address of the blob.</param>
/// <param name="Source">What its bytes come from.</param>
/// <param name="SizeGB">Size.</param>
internal sealed record UnmanagedDisk(string Name, string Uri, DiskSource Source, long SizeGB)
{
    // Key of a machine's state: for each of its blobs what is in it.
    private const string Key = "vhds";

    /// <summary>Whether a body asks for a disk in a blob, or shows one.</summary>
    public static bool IsMeant(JsonObject disk) => disk.Text("vhd.uri") is not null;

    /// <summary>Plans a disk of a request.</summary>
    /// <param name="asked">The disk of the request.</param>
    /// <param name="shown">What is known of it: system or logical unit number.</param>
    /// <param name="source">What its bytes come from.</param>
    /// <param name="option">How it is made.</param>
    /// <param name="caching">Caching when the request does not say.</param>
    public static VmDisk Plan(JsonObject asked, JsonObject shown, DiskSource source, string option, string caching)
    {
        string uri = asked.Text("vhd.uri")!;
        string name = asked.Text("name") ?? Path.GetFileNameWithoutExtension(new Uri(uri).AbsolutePath);
        long size = asked.Number("diskSizeGB") ?? source.SizeGB;
        shown["name"] = name;
        shown["createOption"] = option;
        if (asked.Object("image") is { } image) shown["image"] = image.DeepClone();
        shown["vhd"] = new JsonObject { ["uri"] = uri };
        shown["caching"] = asked.Text("caching") ?? caching;
        if (asked.Flag("writeAcceleratorEnabled") is { } accelerated) shown["writeAcceleratorEnabled"] = accelerated;
        shown["deleteOption"] = asked.Text("deleteOption") ?? "Detach";
        shown["diskSizeGB"] = size;
        if (shown["lun"] is not null) shown["toBeDetached"] = asked.Flag("toBeDetached") == true;
        return new VmDisk(shown) { Unmanaged = new UnmanagedDisk(name, uri, source, size) };
    }

    /// <summary>A disk that the machine has already, with what a request may change.</summary>
    public static VmDisk Keep(JsonObject present, JsonObject asked)
    {
        JsonObject shown = present.Copy();
        if (asked.Text("caching") is { } caching) shown["caching"] = caching;
        shown["toBeDetached"] = asked.Flag("toBeDetached") == true;
        return new VmDisk(shown);
    }

    /// <summary>What is in a machine's disk: the state of an entry of the store, were the disk managed.</summary>
    public static JsonObject? Content(ResourceEntry vm, JsonObject disk) => vm.State.Object(Key)?[disk.Text("name")!] as JsonObject;

    /// <summary>What an image or a disk made from a machine's disk gets its bytes from.</summary>
    public static DiskSource SourceOf(ResourceEntry vm, JsonObject disk)
    {
        JsonObject? content = Content(vm, disk);
        return DiskSource.Of(disk.Number("diskSizeGB") ?? 0, content.Object("traits"), content?.Copy());
    }

    /// <summary>The machine's disks are no blobs any more.</summary>
    public static void Forget(ResourceEntry vm) => vm.State.Remove(Key);

    /// <summary>Puts the bytes into the machine.</summary>
    public void Keep(ResourceEntry vm)
    {
        JsonObject content = Source.Content.Copy();
        content["traits"] = Source.Traits.DeepClone();
        vm.State.Ensure(Key)[Name] = content;
    }
}
