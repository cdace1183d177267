using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Galleries;
using ImageCmdlets.Sandbox.Images;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Marketplace;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Finds what <c>storageProfile</c> names, and refuses what Azure refuses.</summary>
internal static class VmSources
{
    private const string ImageType = "Microsoft.Compute/images";

    /// <summary>What the machine of a PUT is to be made from.</summary>
    public static VmSource Resolve(RequestContext context)
    {
        JsonObject storage = context.Body.Object("properties.storageProfile") ?? throw ComputeErrors.Missing("storageProfile");
        JsonObject? reference = storage.Object("imageReference");
        bool attach = Same(storage.Text("osDisk.createOption"), "Attach");
        if (attach)
        {
            if (reference is not null) throw VmRequestErrors.AttachWithImage();
            return Attached(context, storage.Object("osDisk")!);
        }

        if (storage.Text("osDisk.image.uri") is { } image)
        {
            string system = storage.Text("osDisk.osType") ?? throw ComputeErrors.Missing("osDisk.osType");
            if (BlobImport.UnfinishedCopy(context.World, image) is { } state) throw VmRequestErrors.DiskImageNotReady(image, state);
            return FromDisk(Blob(context, image, system)) with { OsType = system };
        }

        if (reference is null) throw ComputeErrors.Missing("imageReference");
        if (GalleryVmSource.IsMeant(reference)) return GalleryVmSource.Resolve(context, reference);
        return reference.Text("id") is { } id ? Custom(context, id) : Marketplace(reference);
    }

    private static VmSource Marketplace(JsonObject reference)
    {
        foreach (string name in new[] { "publisher", "offer", "sku", "version" })
        {
            if (reference.Text(name) is null) throw ComputeErrors.Missing($"imageReference.{name}");
        }

        string urn =
            $"{reference.Text("publisher")}:{reference.Text("offer")}:{reference.Text("sku")}:{reference.Text("version")}";
        MarketplaceImage image = MarketplaceCatalogue.Default.FindImage(
            reference.Text("publisher"), reference.Text("offer"), reference.Text("sku"), reference.Text("version"))
            ?? throw MarketplaceErrors.PlatformImageNotFound(urn);
        JsonObject shown = JsonText.NewObject();
        foreach (string name in new[] { "publisher", "offer", "sku", "version" }) shown[name] = reference.Text(name);
        shown["exactVersion"] = image.Version;
        return new VmSource(DiskSource.Of(image))
        {
            OsType = image.Offer.OperatingSystem,
            Generation = image.Sku.Generation,
            Architecture = image.Sku.Architecture,
            SupportsTrustedLaunch = image.Sku.SecurityType is not null,
            Reference = shown,
            Plan = image.Sku.Plan,
            DataDisks = image.Sku.DataDisksInGb.Select(static (size, lun) => (Lun: lun, Source: DiskSource.Of(size)))
                .ToDictionary(static d => d.Lun, static d => d.Source),
        };
    }

    private static VmSource Custom(RequestContext context, string id)
    {
        ResourceId parsed = LinkedResource.Parse(context, id, "properties.storageProfile.imageReference.id");
        if (!parsed.IsOf(ImageType)) throw ComputeErrors.Invalid("imageReference.id");
        ResourceEntry? image = context.World.Store.Find(id, ImageType);
        if (image is null || image.Location != context.Location) throw VmRequestErrors.ImageNotFound(id, context.Location);
        if (image.ProvisioningState != "Succeeded") throw VmRequestErrors.ImageNotReady(context.Target!.Name, image.Name);
        DiskSource os = ImageDisks.Source(image, null) ?? throw VmRequestErrors.ImageNotFound(id, context.Location);
        return FromDisk(os) with
        {
            Generation = image.Body.Text("properties.hyperVGeneration") ?? os.Generation ?? "V1",
            Reference = new JsonObject { ["id"] = id },
            StorageType = image.Body.Text("properties.storageProfile.osDisk.storageAccountType"),
            DataStorageTypes = image.Body.Items("properties.storageProfile.dataDisks")
                .Where(static disk => disk.Text("storageAccountType") is not null)
                .ToDictionary(static disk => (int)disk.Number("lun")!, static disk => disk.Text("storageAccountType")!),
            EncryptionSet = image.Body.Text("properties.storageProfile.osDisk.diskEncryptionSet.id"),
            DataEncryptionSets = image.Body.Items("properties.storageProfile.dataDisks")
                .Where(static disk => disk.Text("diskEncryptionSet.id") is not null)
                .ToDictionary(static disk => (int)disk.Number("lun")!, static disk => disk.Text("diskEncryptionSet.id")!),
            DataDisks = ImageDisks.Luns(image).ToDictionary(static l => l, l => ImageDisks.Source(image, l) ?? DiskSource.Empty),
        };
    }

    private static VmSource Attached(RequestContext context, JsonObject osDisk)
    {
        string osType = osDisk.Text("osType") ?? throw ComputeErrors.Missing("osDisk.osType");
        if (osDisk.Text("vhd.uri") is { } uri) return FromDisk(Blob(context, uri, osType)) with { IsSpecialized = true, OsType = osType };
        string id = osDisk.Text("managedDisk.id") ?? throw ComputeErrors.Missing("osDisk.managedDisk.id");
        if (context.Body.Object("properties.osProfile") is not null) throw VmRequestErrors.ParameterNotAllowed("osProfile");
        ResourceEntry disk = Disk(context, id, "properties.storageProfile.osDisk.managedDisk.id");
        return FromDisk(DiskSource.Of(disk)) with { Attached = disk, OsType = osType };
    }

    /// <summary>The VHD in a blob.</summary>
    public static DiskSource Blob(RequestContext context, string uri, string osType) =>
        BlobImport.Find(context, uri, null, context.Target!.Name) ?? DiskSources.BlobSource(osType);

    /// <summary>A disk that is to be attached to the machine of the request.</summary>
    public static ResourceEntry Disk(RequestContext context, string id, string path)
    {
        ResourceId parsed = LinkedResource.Parse(context, id, path);
        if (!Same(parsed.SubscriptionId, context.SubscriptionId)) throw VmRequestErrors.DiskOfOtherSubscription(context.SubscriptionId, parsed.SubscriptionId!, path);
        ResourceEntry? disk = context.World.Store.Find(id, DiskKind.DiskType);
        if (disk is null || disk.Location != context.Location) throw DiskErrors.SourceNotFound(parsed.Name);
        string? owner = DiskAttachment.MachineId(disk);
        if (owner is not null && !Same(owner, context.Target!.ToString()))
        {
            VmDetaching.CheckOwner(context, disk, owner);
            throw VmRequestErrors.DiskOwned(disk.Name, owner);
        }

        if (DiskAccess.IsOpen(disk, context.Now)) throw DiskErrors.ActiveAccess(disk.Name);
        return disk;
    }

    private static VmSource FromDisk(DiskSource os) => new(os)
    {
        OsType = os.OSType ?? "Linux",
        Generation = os.Generation ?? "V1",
        Architecture = os.Architecture ?? "x64",
        Plan = os.Traits.Object("purchasePlan") is { } plan
            ? new MarketplacePlan(
                plan.Text("publisher") ?? string.Empty, plan.Text("product") ?? string.Empty, plan.Text("name") ?? string.Empty)
            : null,
    };

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
