using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.DiskEncryptionSets;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.UnmanagedDisks;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>
/// Plans the disks of a machine: made of an image, empty, or attached. Nothing is changed until <see cref="Make"/>.
/// </summary>
internal sealed class VmDisks(RequestContext context, VmSize size, string location, string? namedAfter = null)
{
    private const string EncryptionSet = "managedDisk.diskEncryptionSet.id";

    private static readonly string[] s_options = ["FromImage", "Empty", "Attach"];

    private static readonly Dictionary<int, string> s_none = [];

    private IReadOnlyDictionary<int, string> _imageTypes = s_none;
    private IReadOnlyDictionary<int, string> _imageSets = s_none;
    private int _count = 1;

    /// <summary>The OS disk of a new machine.</summary>
    public VmDisk System(VmSource source)
    {
        JsonObject asked = context.Body.Object("properties.storageProfile.osDisk") ?? JsonText.NewObject();
        JsonObject shown = JsonText.NewObject();
        shown["osType"] = source.OsType;
        if (UnmanagedDisk.IsMeant(asked))
        {
            if (source.Reference.Text("id") is not null) throw VmRequestErrors.BlobDisksFromImage();
            return UnmanagedDisk.Plan(asked, shown, source.OsDisk, Option(asked.Text("createOption") ?? "FromImage"), "ReadWrite");
        }

        if (asked.Object("diffDiskSettings") is { } local) shown["diffDiskSettings"] = local.DeepClone();
        if (source.Attached is { } attached)
            return new VmDisk(Show(shown, asked, attached, "Attach", "ReadWrite")) { Attached = attached };
        long gb = asked.Number("diskSizeGB") ?? source.OsDisk.SizeGB;
        if (gb < source.OsDisk.SizeGB) throw VmRequestErrors.DiskSmallerThanImage(gb, source.OsDisk.SizeGB);
        asked = Encrypted(asked, source.EncryptionSet);
        DiskSpecification made = Specify(
            asked, source.OsDisk, $"OsDisk_{_count}", gb, source.StorageType, "osDisk", CreationData(source, null));
        return new VmDisk(Show(shown, asked, made, "FromImage", "ReadWrite")) { Made = made };
    }

    /// <summary>The data disks of a request, with those that come with the image.</summary>
    /// <param name="source">What the machine is made from; null for a machine that is there.</param>
    /// <param name="present">Data disks that the machine has already, as it shows them.</param>
    public IReadOnlyList<VmDisk> Data(VmSource? source, IReadOnlyList<JsonObject> present)
    {
        IReadOnlyDictionary<int, DiskSource> inImage = source?.DataDisks ?? new Dictionary<int, DiskSource>();
        _imageTypes = source?.DataStorageTypes ?? s_none;
        _imageSets = source?.DataEncryptionSets ?? s_none;
        JsonObject[] asked = [.. context.Body.Items("properties.storageProfile.dataDisks")];
        var disks = new List<VmDisk>();
        foreach (int lun in inImage.Keys.Where(l => asked.All(a => a.Number("lun") != l)))
            disks.Add(Data(new JsonObject { ["lun"] = lun, ["createOption"] = "FromImage" }, inImage, present));
        disks.AddRange(asked.Select(a => Data(a, inImage, present)));
        if (disks.Select(static d => d.Shown.Number("lun")).Distinct().Count() != disks.Count) throw VmRequestErrors.Lun();
        int kept = disks.Count(static d => d.Shown.Flag("toBeDetached") != true);
        return kept <= size.MaxDataDisks
            ? [.. disks.OrderBy(static d => d.Shown.Number("lun"))]
            : throw VmRequestErrors.TooManyDataDisks(size.MaxDataDisks);
    }

    /// <summary>Makes and attaches what was planned.</summary>
    public static void Make(SandboxWorld world, IEnumerable<VmDisk> disks, ResourceEntry vm, DateTimeOffset now)
    {
        foreach (VmDisk disk in disks)
        {
            disk.Unmanaged?.Keep(vm);
            ResourceEntry? entry = disk.Made is null ? disk.Attached : DiskFactory.Create(world, Secured(disk, vm), now);
            if (entry is not null) DiskAttachment.Attach(entry, vm.Id, now);
        }

        UnmanagedBlobs.Write(world, vm);
    }

    // The OS disk of a machine of trusted launch says so itself, and all that is made of it (specification, DiskSecurityProfile).
    private static DiskSpecification Secured(VmDisk disk, ResourceEntry vm)
    {
        DiskSpecification made = disk.Made!;
        if (disk.Shown.ContainsKey("lun") || vm.Body.Text("properties.securityProfile.securityType") != "TrustedLaunch") return made;
        JsonObject settings = made.Settings.Copy();
        settings["securityProfile"] = new JsonObject { ["securityType"] = "TrustedLaunch" };
        return made with { Settings = settings };
    }

    private VmDisk Data(JsonObject asked, IReadOnlyDictionary<int, DiskSource> inImage, IReadOnlyList<JsonObject> present)
    {
        int lun = (int)(asked.Number("lun") ?? throw ComputeErrors.Missing("dataDisk.lun"));
        if (lun is < 0 or > 63) throw VmRequestErrors.Lun();
        string option = asked.Text("createOption") ?? throw ComputeErrors.Missing("dataDisk.createOption");
        JsonObject shown = JsonText.NewObject();
        shown["lun"] = lun;
        if (UnmanagedDisk.IsMeant(asked))
        {
            return present.FirstOrDefault(p => Same(p.Text("vhd.uri"), asked.Text("vhd.uri"))) is { } there
                ? UnmanagedDisk.Keep(there, asked)
                : Unmanaged(asked, shown, option, inImage);
        }

        string? id = asked.Text("managedDisk.id");
        bool known = present.Any(p => Same(p.Text("managedDisk.id"), id)
            || (id is null && Same(p.Text("name"), asked.Text("name"))));
        if (Same(option, "Attach") || known) return Attach(asked, shown, option, id, present);
        bool fromImage = Same(option, "FromImage");
        if (!fromImage && !Same(option, "Empty")) throw ComputeErrors.Invalid("dataDisk.createOption");
        if (fromImage != inImage.ContainsKey(lun))
            throw fromImage ? VmRequestErrors.Lun() : VmRequestErrors.AlreadyHasImageDisk();
        DiskSource source = fromImage ? inImage[lun] : DiskSource.Empty;
        long gb = asked.Number("diskSizeGB") ?? (fromImage ? source.SizeGB : throw ComputeErrors.Missing("dataDisk.diskSizeGB"));
        if (gb < source.SizeGB) throw VmRequestErrors.DiskSmallerThanImage(gb, source.SizeGB);
        JsonObject creation = new() { ["createOption"] = fromImage ? "FromImage" : "Empty" };
        string? type = fromImage && _imageTypes.TryGetValue(lun, out string? named) ? named : null;
        if (fromImage && _imageSets.TryGetValue(lun, out string? set)) asked = Encrypted(asked, set);
        DiskSpecification made = Specify(asked, source, $"disk{++_count}", gb, type, "dataDisk", creation);
        return new VmDisk(Show(shown, asked, made, fromImage ? "FromImage" : "Empty", "None")) { Made = made };
    }

    // Before the size of an empty disk is known it is in the request; an attached blob says it itself.
    private VmDisk Unmanaged(JsonObject asked, JsonObject shown, string option, IReadOnlyDictionary<int, DiskSource> inImage)
    {
        int lun = (int)shown.Number("lun")!;
        if (Same(option, "FromImage") != inImage.ContainsKey(lun)) throw VmRequestErrors.Lun();
        if (Same(option, "FromImage")) return UnmanagedDisk.Plan(asked, shown, inImage[lun], Option(option), "None");
        if (Same(option, "Empty"))
        {
            if (asked.Number("diskSizeGB") is null) throw ComputeErrors.Missing("dataDisk.diskSizeGB");
            return UnmanagedDisk.Plan(asked, shown, DiskSource.Empty, Option(option), "None");
        }

        if (!Same(option, "Attach")) throw ComputeErrors.Invalid("dataDisk.createOption");
        DiskSource source = VmSources.Blob(context, asked.Text("vhd.uri")!, "Linux");
        return UnmanagedDisk.Plan(asked, shown, source, Option(option), "None");
    }

    private VmDisk Attach(JsonObject asked, JsonObject shown, string option, string? id, IReadOnlyList<JsonObject> present)
    {
        id ??= present.FirstOrDefault(p => Same(p.Text("name"), asked.Text("name")))?.Text("managedDisk.id")
            ?? throw ComputeErrors.Missing("dataDisk.managedDisk.id");
        ResourceEntry disk = VmSources.Disk(context, id, "properties.storageProfile.dataDisks[0].managedDisk.id");
        JsonObject? before = present.FirstOrDefault(p => Same(p.Text("managedDisk.id"), id));
        JsonObject data = Show(shown, asked, disk, before?.Text("createOption") ?? option, "None");
        data["toBeDetached"] = asked.Flag("toBeDetached") == true;
        return new VmDisk(data) { Attached = disk };
    }

    private DiskSpecification Specify(
        JsonObject asked, DiskSource source, string suffix, long gb, string? imageType, string target, JsonObject creation)
    {
        string vm = namedAfter ?? context.Target!.Name;
        string name = asked.Text("name") ?? $"{vm}_{suffix}_{Hex(suffix)}";
        var id = new ResourceId(
            context.SubscriptionId, context.Target!.ResourceGroup, ComputeSubject.Namespace, ["disks"], [name]);
        if (context.World.Store.Find(id.ToString()) is { } taken && DiskAttachment.MachineId(taken) is { } owner)
            throw VmRequestErrors.DiskOwned(name, owner);
        // Assumption: a request that does not say gets the better type when the size takes it.
        string otherwise = size.PremiumIO ? "Premium_LRS" : "Standard_LRS";
        string sku = asked.Text("managedDisk.storageAccountType") ?? imageType ?? otherwise;
        sku = DiskKind.Disk.Skus.FirstOrDefault(known => Same(known, sku))
            ?? throw ComputeErrors.Invalid($"{target}.managedDisk.storageAccountType");
        if (sku.StartsWith("Premium", StringComparison.OrdinalIgnoreCase) && !size.PremiumIO)
            throw VmRequestErrors.Premium(size.Name, sku, name, $"{target}.managedDisk.storageAccountType");
        JsonObject settings = JsonText.NewObject();
        if (asked.Text(EncryptionSet) is { } set)
            settings["encryption"] = EncryptionSets.Of(EncryptionSets.Find(context, set, $"properties.storageProfile.{target}.{EncryptionSet}"));
        return new DiskSpecification(DiskKind.Disk, id, location, source)
        {
            Settings = settings,
            Sku = sku,
            SizeGB = gb,
            CreationData = creation,
            Zones = context.Body.Array("zones"),
        };
    }

    // What the request does not say of encryption the image says.
    private static JsonObject Encrypted(JsonObject asked, string? imageSet)
    {
        if (imageSet is null || asked.Text(EncryptionSet) is not null) return asked;
        JsonObject encrypted = asked.Copy();
        encrypted.Ensure("managedDisk")["diskEncryptionSet"] = new JsonObject { ["id"] = imageSet };
        return encrypted;
    }

    // Azure tells the marketplace version a disk came from; of a managed image it tells the image.
    private JsonObject CreationData(VmSource source, int? lun)
    {
        if (source.GalleryVersionId is { } version) return CreationData("galleryImageReference", version, lun);
        JsonObject reference = source.Reference!;
        string id = reference.Text("id") ?? $"/Subscriptions/{context.SubscriptionId}/Providers/Microsoft.Compute/Locations/" +
            $"{location}/Publishers/{reference.Text("publisher")}/ArtifactTypes/VMImage/Offers/{reference.Text("offer")}/Skus/" +
            $"{reference.Text("sku")}/Versions/{reference.Text("exactVersion")}";
        return CreationData("imageReference", id, lun);
    }

    private static JsonObject CreationData(string reference, string id, int? lun)
    {
        var image = new JsonObject { ["id"] = id };
        if (lun is not null) image["lun"] = lun;
        return new JsonObject { ["createOption"] = "FromImage", [reference] = image };
    }

    private static JsonObject Show(JsonObject shown, JsonObject asked, DiskSpecification disk, string option, string caching) =>
        Show(shown, asked, Managed(disk.Id.ToString(), disk.Sku, disk.Settings), disk.Id.Name, disk.SizeGB, option, caching);

    private static JsonObject Show(JsonObject shown, JsonObject asked, ResourceEntry disk, string option, string caching) => Show(
        shown,
        asked,
        Managed(disk.Id, disk.Body.Text("sku.name")!, disk.Properties),
        disk.Name,
        disk.Body.Number("properties.diskSizeGB") ?? 0,
        option,
        caching);

    private static JsonObject Show(
        JsonObject shown, JsonObject asked, JsonObject managed, string name, long gb, string option, string caching)
    {
        bool data = shown["lun"] is not null;
        shown["name"] = name;
        shown["createOption"] = option;
        shown["caching"] = asked.Text("caching") ?? caching;
        if (asked.Flag("writeAcceleratorEnabled") is { } accelerated) shown["writeAcceleratorEnabled"] = accelerated;
        shown["managedDisk"] = managed;
        shown["deleteOption"] = asked.Text("deleteOption") ?? "Detach";
        shown["diskSizeGB"] = gb;
        if (data) shown["toBeDetached"] = false;
        return shown;
    }

    // Recorded in this order.
    private static JsonObject Managed(string id, string sku, JsonObject disk)
    {
        JsonObject managed = JsonText.NewObject();
        if (disk.Text("encryption.diskEncryptionSetId") is { } set) managed["diskEncryptionSet"] = new JsonObject { ["id"] = set };
        managed["storageAccountType"] = sku;
        managed["id"] = id;
        return managed;
    }

    // In Azure's spelling, whatever the client's.
    private static string Option(string sent) =>
        s_options.FirstOrDefault(known => Same(known, sent)) ?? throw ComputeErrors.Invalid("osDisk.createOption");

    private string Hex(string suffix) =>
        context.World.Ids.NextGuid($"vmdisk|{context.Target}|{suffix}").Replace("-", string.Empty);

    private static bool Same(string? a, string? b) => a is not null && string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
