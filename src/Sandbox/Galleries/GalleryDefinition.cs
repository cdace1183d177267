using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>What an image definition says of its versions.</summary>
internal sealed class GalleryDefinition(ResourceEntry entry)
{
    public string OSType => entry.Body.Text("properties.osType")!;

    public string OSState => entry.Body.Text("properties.osState")!;

    public bool IsSpecialized => OSState == "Specialized";

    public string Generation => entry.Body.Text("properties.hyperVGeneration")!;

    public string Architecture => entry.Body.Text("properties.architecture")!;

    public JsonObject? Plan => entry.Body.Object("properties.purchasePlan");

    /// <summary>Feature <c>SecurityType</c>; <c>Standard</c> when the definition does not have it.</summary>
    public string SecurityType => entry.Body.Items("properties.features")
        .FirstOrDefault(static feature => string.Equals(
            feature.Text("name"), "SecurityType", StringComparison.OrdinalIgnoreCase))
        .Text("value") ?? "Standard";

    /// <summary>Whether machines with Trusted Launch can be made of the versions.</summary>
    public bool SupportsTrustedLaunch => SecurityType.StartsWith("TrustedLaunch", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the versions hold more than bytes: the guest state of a machine with that security.</summary>
    public bool NeedsSecureSource => SecurityType is "TrustedLaunch" or "ConfidentialVM" or "ConfidentialVm";

    /// <summary>The definition that holds a version.</summary>
    public static GalleryDefinition Of(SandboxWorld world, ResourceEntry version) =>
        new(world.Store.Find(ResourceId.TryParse(version.Id)!.Parent!.ToString())!);

    /// <summary>The definition that holds the version of a request.</summary>
    public static GalleryDefinition Of(RequestContext context) =>
        new(context.World.Store.Find(context.Target!.Parent!.ToString())!);
}
