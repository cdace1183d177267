using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>The lists of publishers, offers, SKUs and versions: bare arrays, without pages.</summary>
internal sealed class MarketplaceSubject : IResourceSubject
{
    private const string Root = "/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/publishers";
    private const string Offers = Root + "/{publisherName}/artifacttypes/vmimage/offers";
    private const string Skus = Offers + "/{offer}/skus";
    private const string Versions = Skus + "/{skus}/versions";

    private static readonly RateLimitPolicy s_get = RateLimitPolicy.Windows("GetVMImageFromLocation", 13000, 74000);

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(
            new ResourceType(ComputeSubject.Namespace, "locations/publishers", ComputeApiVersions.Compute)
        {
            Tracked = false,
            NeedsLocation = false,
        });
        registry.Map("GET", Root, "VirtualMachineImages_ListPublishers", type, ListPublishers, s_get);
        registry.Map("GET", Offers, "VirtualMachineImages_ListOffers", type, ListOffers, s_get);
        registry.Map("GET", Skus, "VirtualMachineImages_ListSkus", type, ListSkus, s_get);
        registry.Map("GET", Versions, "VirtualMachineImages_List", type, ListVersions, s_get);
        registry.Map("GET", Versions + "/{version}", "VirtualMachineImages_Get", type, GetVersion, s_get);
    }

    private static ArmResponse ListPublishers(RequestContext context)
    {
        MarketplaceBodies bodies = Bodies(context);
        return List(MarketplaceCatalogue.Default.Publishers.Select(bodies.Publisher));
    }

    private static ArmResponse ListOffers(RequestContext context)
    {
        MarketplaceBodies bodies = Bodies(context);
        MarketplacePublisher publisher = Publisher(context);
        return List(publisher.Offers.Select(o => bodies.Offer(publisher, o)));
    }

    private static ArmResponse ListSkus(RequestContext context)
    {
        MarketplaceBodies bodies = Bodies(context);
        MarketplacePublisher publisher = Publisher(context);
        MarketplaceOffer offer = Offer(context, publisher);
        return List(offer.Skus.Select(s => bodies.Sku(publisher, offer, s)));
    }

    private static ArmResponse ListVersions(RequestContext context)
    {
        MarketplaceBodies bodies = Bodies(context);
        MarketplacePublisher publisher = Publisher(context);
        MarketplaceOffer offer = Offer(context, publisher);
        MarketplaceSku sku = Sku(context, offer);
        bool properties = context.Query["$expand"]?.IndexOf("properties", StringComparison.OrdinalIgnoreCase) >= 0;
        IEnumerable<MarketplaceImage> images =
            ImageVersionQuery.Select(context, sku.Versions).Select(v => new MarketplaceImage(publisher, offer, sku, v));
        return List(images.Select(i => bodies.Version(i, properties)));
    }

    private static ArmResponse GetVersion(RequestContext context)
    {
        MarketplaceBodies bodies = Bodies(context);
        MarketplacePublisher publisher = Publisher(context);
        MarketplaceOffer offer = Offer(context, publisher);
        MarketplaceSku sku = Sku(context, offer);
        // "latest" is a word of machine requests, not of this path.
        string version = sku.Versions.FirstOrDefault(v => v == context.Route["version"])
            ?? throw MarketplaceErrors.ImageNotFound();
        return ArmResponse.Ok(bodies.Version(new MarketplaceImage(publisher, offer, sku, version), withProperties: true));
    }

    /// <summary>The region that the path names.</summary>
    public static Region RegionOf(RequestContext context)
    {
        string location = context.Route["location"];
        return Regions.Find(location) ?? throw GatewayErrors.NoRegisteredProviderFound(
            location,
            context.ApiVersion,
            "locations/publishers",
            ComputeApiVersions.Compute,
            Regions.All.Select(static r => r.Name));
    }

    private static MarketplaceBodies Bodies(RequestContext context) => new(context.SubscriptionId, RegionOf(context).Name);

    private static MarketplacePublisher Publisher(RequestContext context)
    {
        string name = context.Route["publisherName"];
        return MarketplaceCatalogue.Default.FindPublisher(name) ?? throw MarketplaceErrors.PublisherNotFound(name);
    }

    private static MarketplaceOffer Offer(RequestContext context, MarketplacePublisher publisher) =>
        MarketplaceCatalogue.Default.FindOffer(publisher.Name, context.Route["offer"]) ?? throw MarketplaceErrors.ImageNotFound();

    private static MarketplaceSku Sku(RequestContext context, MarketplaceOffer offer) =>
        offer.Skus.FirstOrDefault(s => string.Equals(s.Name, context.Route["skus"], StringComparison.OrdinalIgnoreCase))
        ?? throw MarketplaceErrors.ImageNotFound();

    private static ArmResponse List(IEnumerable<JsonObject> items) => ArmResponse.Ok(new JsonArray([.. items]));
}
