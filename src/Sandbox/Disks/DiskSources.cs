using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Galleries;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Marketplace;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.RestorePoints;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Snapshots;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>Finds what <c>creationData</c> names, and refuses what Azure refuses.</summary>
internal static class DiskSources
{
    // Blobs in accounts that the sandbox does not have. Assumption: the sizes that the recordings show for each system.
    private const int WindowsBlobGB = 127;
    private const int LinuxBlobGB = 30;

    /// <summary>The source that a request names.</summary>
    public static DiskSource Resolve(RequestContext context, DiskKind kind)
    {
        JsonObject creation = context.Body.Object("properties.creationData") ?? throw ComputeErrors.Missing("creationData");
        string option = creation.Text("createOption") ?? throw ComputeErrors.Missing("creationData.createOption");
        string known = kind.CreateOptions.FirstOrDefault(o => string.Equals(o, option, StringComparison.OrdinalIgnoreCase))
            ?? throw ComputeErrors.Invalid("creationData.createOption");
        return known switch
        {
            "Empty" => DiskSource.Empty,
            "Copy" => Copy(context, creation),
            "CopyStart" => SnapshotCopy.Source(context, creation),
            "FromImage" => FromImage(context, creation),
            "Restore" => DiskRestorePoints.Source(context, creation),
            "Upload" => Upload(creation),
            "UploadPreparedSecure" => Secure(context, Upload(creation)),
            "ImportSecure" when creation.Text("securityDataUri") is null => throw ComputeErrors.Missing("creationData.securityDataUri"),
            "ImportSecure" => Secure(context, Import(context, creation)),
            _ => Import(context, creation),
        };
    }

    /// <summary>The disk or snapshot behind <c>sourceResourceId</c>, ready to be read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="creation">Its <c>creationData</c>.</param>
    public static ResourceEntry SourceResource(RequestContext context, JsonObject creation)
    {
        string id = creation.Text("sourceResourceId") ?? throw ComputeErrors.Missing("creationData.sourceResourceId");
        // Who copies reads the bytes: Azure/OpenShift#186 (snapshot of a disk), kubernetes/kubernetes#93020 (disk of a snapshot).
        ResourceId parsed = LinkedResource.Parse(context, id, "properties.creationData.sourceResourceId", "beginGetAccess/action");
        if (!parsed.IsOf(DiskKind.DiskType) && !parsed.IsOf(DiskKind.SnapshotType))
            throw ComputeErrors.Invalid("creationData.sourceResourceId");
        ResourceEntry source = context.World.Store.Find(id) ?? throw DiskErrors.SourceNotFound(parsed.Name);
        if (source.ProvisioningState != "Succeeded") throw ComputeErrors.Conflict();
        SnapshotCopy.CheckFinished(context.World, source);
        return source;
    }

    // The guest state that comes with the disk belongs to a machine of trusted launch or to a confidential one (specification,
    // DiskCreateOption).
    private static DiskSource Secure(RequestContext context, DiskSource source) =>
        context.Body.Text("properties.securityProfile.securityType") is null
            ? throw ComputeErrors.Missing("securityProfile.securityType")
            : source;

    private static DiskSource Copy(RequestContext context, JsonObject creation)
    {
        ResourceEntry source = SourceResource(context, creation);
        // Misleading, but recorded: the source exists, only elsewhere.
        if (Regions.Normalize(source.Location!) != context.Location) throw DiskErrors.SourceNotFound(source.Name);
        return DiskSource.Of(source);
    }

    private static DiskSource FromImage(RequestContext context, JsonObject creation)
    {
        if (creation.Object("galleryImageReference") is { } gallery) return FromGallery(context, gallery);
        string id = creation.Text("imageReference.id") ?? throw ComputeErrors.Missing("creationData.imageReference");
        // "Creating a disk from an image is not supported" (Azure/azure-cli#6081), whatever the specification says of user images.
        if (ResourceId.TryParse(id) is { } image && (image.IsOf("Microsoft.Compute/images") || image.IsOf(GalleryTypes.Version)))
            throw ComputeErrors.Invalid("imageReference");
        return FromMarketplace(context, id);
    }

    private static DiskSource FromMarketplace(RequestContext context, string id)
    {
        string[] parts = id.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        string Part(string name)
        {
            int index = Array.FindIndex(parts, part => string.Equals(part, name, StringComparison.OrdinalIgnoreCase));
            return index >= 0 && index + 1 < parts.Length ? parts[index + 1] : throw ComputeErrors.Invalid("imageReference.id");
        }

        if (Regions.Normalize(Part("Locations")) != context.Location) throw ComputeErrors.Invalid("imageReference.id");
        string publisher = Part("Publishers");
        MarketplaceCatalogue catalogue = MarketplaceCatalogue.Default;
        if (catalogue.FindPublisher(publisher) is null) throw ComputeErrors.NotFound($"Publisher: {publisher} was not found.");
        MarketplaceImage image = catalogue.FindImage(publisher, Part("Offers"), Part("Skus"), Part("Versions"))
            ?? throw ComputeErrors.NotFound("Artifact: VMImage was not found.");
        return DiskSource.Of(image);
    }

    private static DiskSource FromGallery(RequestContext context, JsonObject reference)
    {
        ResourceEntry version = GalleryReferences.Find(context, reference, "galleryImageReference");
        int? lun = (int?)reference.Number("lun");
        return Images.ImageDisks.Source(version, lun) ?? throw ComputeErrors.Invalid("galleryImageReference.lun");
    }

    private static DiskSource Import(RequestContext context, JsonObject creation)
    {
        string uri = creation.Text("sourceUri") ?? throw ComputeErrors.Missing("creationData.sourceUri");
        if (DiskAccess.FindBySas(context.World, uri) is { } shared) return DiskSource.Of(shared) with { UniqueId = null };
        ResourceId? account = creation.Text("storageAccountId") is { } id
            ? LinkedResource.Parse(context, id, "properties.creationData.storageAccountId")
            : null;
        return BlobImport.Find(context, uri, account, context.Target!.Name) ?? BlobSource(context.Body.Text("properties.osType"));
    }

    /// <summary>A VHD in an account that the sandbox does not have, of an operating system; null for a data disk.</summary>
    public static DiskSource BlobSource(string? osType) => DiskSource.Of(osType == "Windows" ? WindowsBlobGB : LinuxBlobGB);

    /// <summary>Whether a URI can be that of a VHD in a storage account.</summary>
    public static bool IsBlob(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed) &&
        parsed.Scheme is "https" or "http" &&
        (parsed.IsLoopback || parsed.Host.IndexOf(".blob.", StringComparison.OrdinalIgnoreCase) > 0) &&
        parsed.AbsolutePath.EndsWith(".vhd", StringComparison.OrdinalIgnoreCase);

    private static DiskSource Upload(JsonObject creation)
    {
        const long footer = 512;
        const long least = (20 * 1024 * 1024) + footer;
        const long most = (32 * 1024 * DiskSource.GiB) + footer;
        long size = creation.Number("uploadSizeBytes") ?? throw ComputeErrors.Missing("creationData.uploadSizeBytes");
        if (size is < least or > most) throw ComputeErrors.OutOfRange("creationData.uploadSizeBytes", size, least, most);
        if ((size - footer) % (1024 * 1024) != 0) throw DiskErrors.UploadSize(size, footer);
        return DiskSource.Empty with { SizeBytes = size - footer };
    }

    private static int? Lun(JsonObject creation, string reference) => (int?)creation.Number($"{reference}.lun");
}
