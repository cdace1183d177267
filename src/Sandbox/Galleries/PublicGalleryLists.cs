using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Lists and reads of galleries by the names under which others than their owners see them.</summary>
/// <param name="Segment">Path segment: <c>sharedGalleries</c> or <c>communityGalleries</c>.</param>
/// <param name="Kind">First part of unique ids.</param>
/// <param name="Operations">First part of the operations' names.</param>
internal sealed record PublicGalleryLists(string Segment, string Kind, string Operations)
{
    /// <summary>Finds the gallery of a name for the caller.</summary>
    public required Func<RequestContext, string, ResourceEntry?> Find { get; init; }

    /// <summary>The type that bodies tell; a function of <c>Gallery</c>, <c>GalleryImage</c> and so on, or nothing.</summary>
    public Func<string, string?> Type { get; init; } = static _ => null;

    private string Root =>
        $"/subscriptions/{{subscriptionId}}/providers/{ComputeSubject.Namespace}/locations/{{location}}/{Segment}";

    /// <summary>Registers the operations below a gallery.</summary>
    public ResourceType Register(SandboxRegistry registry, Func<RequestContext, ResourceEntry, JsonObject> gallery)
    {
        ResourceType galleries = AddType(registry, string.Empty), images = AddType(registry, "/images");
        ResourceType versions = AddType(registry, "/images/versions");
        string one = $"{Root}/{{galleryName}}", image = $"{one}/images/{{imageName}}";
        void Map(string path, string name, ResourceType type, Func<RequestContext, JsonObject> show, RateLimitPolicy limit) =>
            registry.Map("GET", path, $"{Operations}{name}", type, context => ArmResponse.Ok(show(context)), limit);

        Map(one, "Galleries_Get", galleries, context => gallery(context, Gallery(context)), GalleryRateLimits.GetGallery);
        Map($"{one}/images", "GalleryImages_List", images, ListImages, GalleryRateLimits.ListSharedImages);
        Map(image, "GalleryImages_Get", images, context => Show(context, Image(context)), GalleryRateLimits.GetSharedImage);
        Map($"{image}/versions", "GalleryImageVersions_List", versions, ListVersions, GalleryRateLimits.ListSharedVersions);
        Map(
            $"{image}/versions/{{versionName}}",
            "GalleryImageVersions_Get",
            versions,
            GetVersion,
            GalleryRateLimits.GetSharedVersion);
        return galleries;
    }

    /// <summary>Id of a gallery for others than its owner.</summary>
    public string UniqueId(string name) => $"/{Kind}/{name}";

    private ResourceType AddType(SandboxRegistry registry, string tail) => registry.Add(
        new ResourceType(
            ComputeSubject.Namespace,
            $"locations/{Segment}{tail}",
            [.. ComputeApiVersions.Galleries.Where(static v => string.CompareOrdinal(v, GalleryApi.Sharing) >= 0)])
        {
            Tracked = false,
            NeedsLocation = false,
        });

    private JsonObject ListImages(RequestContext context)
    {
        ResourceEntry gallery = Gallery(context);
        ResourceEntry[] images = [.. PublicGalleryBodies.Images(context, gallery, PublicGalleryBodies.Region(context))];
        return ResourceReads.Page(context, images, image => Show(context, image));
    }

    private JsonObject ListVersions(RequestContext context)
    {
        ResourceEntry image = Image(context);
        ResourceEntry[] versions = [.. PublicGalleryBodies.Versions(context, image, PublicGalleryBodies.Region(context))];
        return ResourceReads.Page(context, versions, version => ShowVersion(context, version));
    }

    private JsonObject GetVersion(RequestContext context)
    {
        string name = context.Route["versionName"];
        ResourceEntry? version = PublicGalleryBodies.Versions(context, Image(context), PublicGalleryBodies.Region(context))
            .FirstOrDefault(v => v.Name == name);
        return version is null
            ? throw GalleryErrors.PublicNotFound($"{ImageId(context, context.Route["imageName"])}/Versions/{name}")
            : ShowVersion(context, version);
    }

    private ResourceEntry Gallery(RequestContext context)
    {
        string name = context.Route["galleryName"];
        return Find(context, name) ?? throw GalleryErrors.PublicNotFound(UniqueId(name));
    }

    private ResourceEntry Image(RequestContext context)
    {
        string name = context.Route["imageName"];
        return PublicGalleryBodies.Images(context, Gallery(context), PublicGalleryBodies.Region(context))
                .FirstOrDefault(image => string.Equals(image.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw GalleryErrors.PublicNotFound(ImageId(context, name));
    }

    private JsonObject Show(RequestContext context, ResourceEntry image) => PublicGalleryBodies.Wrap(
        PublicGalleryBodies.Image(image),
        PublicGalleryBodies.Region(context),
        image.Name,
        ImageId(context, image.Name),
        Type("GalleryImage"));

    private JsonObject ShowVersion(RequestContext context, ResourceEntry version) => PublicGalleryBodies.Wrap(
        PublicGalleryBodies.Version(version),
        PublicGalleryBodies.Region(context),
        version.Name,
        $"{ImageId(context, ResourceId.TryParse(version.Id)!.Parent!.Name)}/Versions/{version.Name}",
        Type("GalleryImageVersion"));

    private string ImageId(RequestContext context, string image) =>
        $"{UniqueId(context.Route["galleryName"])}/Images/{image}";
}
