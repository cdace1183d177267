using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>The lists of extension types and versions, in which clients look up what to install.</summary>
internal sealed class ExtensionImageSubject : IResourceSubject
{
    private const string Types = "/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/publishers/" +
        "{publisherName}/artifacttypes/vmextension/types";

    private const string Versions = Types + "/{type}/versions";

    private static readonly RateLimitPolicy s_get = RateLimitPolicy.Windows("GetVMImageFromLocation", 13000, 74000);

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(
            ComputeSubject.Namespace, "locations/publishers/artifacttypes/types", ComputeApiVersions.Compute)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        registry.Map("GET", Types, "VirtualMachineExtensionImages_ListTypes", type, ListTypes, s_get);
        registry.Map("GET", Versions, "VirtualMachineExtensionImages_ListVersions", type, ListVersions, s_get);
        registry.Map("GET", Versions + "/{version}", "VirtualMachineExtensionImages_Get", type, GetVersion, s_get);
    }

    private static ArmResponse ListTypes(RequestContext context)
    {
        string root = Root(context);
        return ArmResponse.Ok(new JsonArray([.. OfPublisher(context).Select(e => Item(context, e.Type, $"{root}/{e.Type}"))]));
    }

    private static ArmResponse ListVersions(RequestContext context)
    {
        ExtensionImage image = Find(context);
        IEnumerable<string> versions = ImageVersionQuery.Select(context, image.Versions);
        return ArmResponse.Ok(new JsonArray([.. versions.Select(v => Item(context, v, Id(context, image, v)))]));
    }

    private static ArmResponse GetVersion(RequestContext context)
    {
        ExtensionImage image = Find(context);
        string version = image.Versions.FirstOrDefault(v => v == context.Route["version"]) ?? throw MarketplaceErrors.ExtensionNotFound();
        JsonObject body = Item(context, version, Id(context, image, version));
        body["properties"] = new JsonObject
        {
            ["operatingSystem"] = image.OperatingSystem,
            ["computeRole"] = "IaaS",
            // Required by the specification; what publishers put there is nobody's business.
            ["handlerSchema"] = string.Empty,
            ["vmScaleSetEnabled"] = true,
            ["supportsMultipleExtensions"] = false,
        };
        return ArmResponse.Ok(body);
    }

    private static ExtensionImage[] OfPublisher(RequestContext context)
    {
        string publisher = context.Route["publisherName"];
        return MarketplaceCatalogue.Default.FindPublisher(publisher) is { } found
            ? [.. ExtensionImage.All.Where(e => Same(e.Publisher, found.Name))]
            : throw MarketplaceErrors.PublisherNotFound(publisher);
    }

    private static ExtensionImage Find(RequestContext context) =>
        OfPublisher(context).FirstOrDefault(e => Same(e.Type, context.Route["type"])) ?? throw MarketplaceErrors.ExtensionNotFound();

    private static JsonObject Item(RequestContext context, string name, string id) => new()
    {
        ["location"] = MarketplaceSubject.RegionOf(context).Name,
        ["name"] = name,
        ["id"] = id,
    };

    private static string Id(RequestContext context, ExtensionImage image, string version) =>
        $"{Root(context)}/{image.Type}/Versions/{version}";

    private static string Root(RequestContext context)
    {
        Region region = MarketplaceSubject.RegionOf(context);
        string publisher = MarketplaceCatalogue.Default.FindPublisher(context.Route["publisherName"])?.Name ?? context.Route["publisherName"];
        return $"/Subscriptions/{context.SubscriptionId}/Providers/Microsoft.Compute/Locations/{region.Name}/Publishers/{publisher}" +
               "/ArtifactTypes/VMExtension/Types";
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
