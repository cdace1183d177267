using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Images;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Marketplace;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>What a machine gets from an image version.</summary>
internal static class GalleryVmSource
{
    private const string Target = "imageReference";

    /// <summary>Whether an image reference names something in a gallery.</summary>
    public static bool IsMeant(JsonObject reference) =>
        reference.Text("sharedGalleryImageId") is not null || reference.Text("communityGalleryImageId") is not null ||
        (ResourceId.TryParse(reference.Text("id")) is { } id && (id.IsOf(GalleryTypes.Version) || id.IsOf(GalleryTypes.Image)));

    /// <summary>The source of the machine of a request.</summary>
    public static VmSource Resolve(RequestContext context, JsonObject reference)
    {
        ResourceEntry version = GalleryReferences.Find(context, reference, Target);
        GalleryDefinition definition = GalleryDefinition.Of(context.World, version);
        string? security = context.Body.Text("properties.securityProfile.securityType");
        if (definition.NeedsSecureSource && !string.Equals(security, definition.SecurityType, StringComparison.OrdinalIgnoreCase))
            throw OnlySecure(definition.SecurityType);
        DiskSource os = ImageDisks.Source(version, null)!;
        JsonObject? encryption = version.Body.Items("properties.publishingProfile.targetRegions")
            .FirstOrDefault(region => Regions.Find(region.Text("name")!)?.Name == context.Location)
            .Object("encryption");
        JsonObject shown = reference.Copy();
        shown["exactVersion"] = version.Name;
        return new VmSource(os)
        {
            OsType = definition.OSType,
            Generation = definition.Generation,
            Architecture = definition.Architecture,
            SupportsTrustedLaunch = definition.SupportsTrustedLaunch,
            IsSpecialized = definition.IsSpecialized,
            GalleryVersionId = version.Id,
            Reference = shown,
            DataDisks = Luns(version).ToDictionary(static l => l, l => ImageDisks.Source(version, l) ?? DiskSource.Empty),
            Plan = Plan(os),
            EncryptionSet = encryption.Text("osDiskImage.diskEncryptionSetId"),
            DataEncryptionSets = encryption.Items("dataDiskImages")
                .Where(static disk => disk.Text("diskEncryptionSetId") is not null)
                .ToDictionary(static disk => (int)(disk.Number("lun") ?? 0), static disk => disk.Text("diskEncryptionSetId")!),
        };
    }

    private static IEnumerable<int> Luns(ResourceEntry version) =>
        version.Body.Items("properties.storageProfile.dataDiskImages").Select(static disk => (int)(disk.Number("lun") ?? 0));

    private static MarketplacePlan? Plan(DiskSource os) => os.Traits.Object("purchasePlan") is { } plan
        ? new MarketplacePlan(
            plan.Text("publisher") ?? string.Empty, plan.Text("product") ?? string.Empty, plan.Text("name") ?? string.Empty)
        : null;

    /// <summary>Text pasted by a user of Terraform; status and code are assumptions.</summary>
    private static Errors.ArmException OnlySecure(string securityType) => ComputeErrors.Refuse(
        400,
        "BadRequest",
        $"The provided gallery image only supports creation of VMs and VM Scale Sets with '{securityType}' security type.",
        null);
}
