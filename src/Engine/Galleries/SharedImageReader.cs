using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Reads images that others share with a subscription or with everybody, as one region knows them.</summary>
/// <param name="operation">The running command.</param>
/// <param name="subscriptionId">The subscription with which they are shared, not that of their owner.</param>
/// <param name="location">The region, by its short name.</param>
/// <remarks>Source: <c>SharedGalleries_List</c>, <c>SharedGalleryImages_Get</c>, <c>SharedGalleryImageVersions_Get</c> and their like of community galleries.</remarks>
internal sealed class SharedImageReader(Operation operation, string subscriptionId, string location)
{
    private string Root => $"/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/";

    /// <summary>A version by its id, or the latest of its definition.</summary>
    /// <exception cref="ImageCmdletsException">ImageNotFound: it is not shared with the subscription, or not in the region.</exception>
    public async Task<SharedImage> ReadAsync(SharedImageId id)
    {
        string path = $"{GalleryPath(id.IsCommunity, id.GalleryName)}/images/{id.DefinitionName}";
        JsonElement definition = await FindAsync(path).ConfigureAwait(false) ?? throw NotFound(id);
        JsonElement version;
        if (id.Version is { } exact)
            version = await FindAsync($"{path}/versions/{exact}").ConfigureAwait(false) ?? throw NotFound(id);
        else
            version = LatestOf(await ListAsync(path + "/versions", null).ConfigureAwait(false)) ?? throw NotFound(id);
        SharedImageId found = id with { Version = version.Text("name") ?? id.Version };
        if (id.Version is null)
            operation.Verbose($"The latest version of {id} in {location} is {found.Version}.");
        return SharedImageMapper.Map(found, location, definition, version, id.IsCommunity ? ImageAccessKind.Community : ImageAccessKind.Subscription);
    }

    /// <summary>Writes each version that fits, by number within its definition.</summary>
    /// <exception cref="ImageCmdletsException">ImageNotFound: a name without wildcards is of nothing that is shared in the region.</exception>
    public async Task WriteAsync(SharedImageQuery query)
    {
        foreach ((string gallery, ImageAccessKind sharedWith) in await GalleriesAsync(query).ConfigureAwait(false))
        {
            bool isCommunity = sharedWith == ImageAccessKind.Community;
            string path = GalleryPath(isCommunity, gallery) + "/images";
            List<JsonElement> definitions = Fitting(await ListAsync(path, QueryOf(sharedWith)).ConfigureAwait(false), query.DefinitionName);
            if (definitions.Count == 0 && Names(query.DefinitionName) && Names(query.CommunityGalleryName ?? query.GalleryName))
                throw NotFound(new SharedImageId(isCommunity, gallery, query.DefinitionName!, null));
            foreach (JsonElement definition in definitions)
                await WriteAsync(query, new SharedImageId(isCommunity, gallery, definition.Text("name")!, null), definition, sharedWith).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(SharedImageQuery query, SharedImageId definitionId, JsonElement definition, ImageAccessKind sharedWith)
    {
        string path = $"{GalleryPath(definitionId.IsCommunity, definitionId.GalleryName)}/images/{definitionId.DefinitionName}/versions";
        List<JsonElement> versions = Fitting(await ListAsync(path, QueryOf(sharedWith)).ConfigureAwait(false), query.Version);
        if (versions.Count == 0 && Names(query.Version) && Names(query.DefinitionName))
            throw NotFound(definitionId with { Version = query.Version });
        if (query.Latest)
            versions = LatestOf(versions) is { } latest ? [latest] : [];
        foreach (JsonElement version in versions.OrderBy(version => VersionNumber.TryParse(version.Text("name"))))
            await operation.WriteAsync(SharedImageMapper.Map(definitionId with { Version = version.Text("name") }, location, definition, version, sharedWith)).ConfigureAwait(false);
    }

    // Azure lists what is shared with the subscription and what is shared with its tenant each by itself.
    private async Task<IReadOnlyList<(string Name, ImageAccessKind SharedWith)>> GalleriesAsync(SharedImageQuery query)
    {
        if (query.CommunityGalleryName is { } community)
        {
            return await FindAsync(GalleryPath(isCommunity: true, community)).ConfigureAwait(false) is not null
                ? [(community, ImageAccessKind.Community)]
                : throw NoGallery(community, "There is no community gallery", "Ask its publisher for the public name of the gallery, and for the regions that it is in.");
        }

        var galleries = new List<(string Name, ImageAccessKind SharedWith)>();
        foreach (ImageAccessKind kind in new[] { ImageAccessKind.Subscription, ImageAccessKind.Tenant })
        {
            foreach (JsonElement gallery in Fitting(await ListAsync(Root + "sharedGalleries", QueryOf(kind)).ConfigureAwait(false), query.GalleryName))
            {
                string name = gallery.Text("name")!;
                if (!galleries.Exists(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)))
                    galleries.Add((name, kind));
            }
        }

        return galleries.Count > 0 || !Names(query.GalleryName) ? galleries
            : throw NoGallery(query.GalleryName!, $"No gallery is shared with the subscription '{subscriptionId}' or its tenant", "List what is shared with Get-SharedImage and -Location alone.");
    }

    // Recorded bodies tell only whether a version is excluded everywhere: what its owner excluded in a single region others cannot know.
    private static JsonElement? LatestOf(IEnumerable<JsonElement> versions)
    {
        JsonElement[] found = [.. versions.Where(version => version.Truth("properties", "excludeFromLatest") != true)
            .OrderByDescending(version => VersionNumber.TryParse(version.Text("name"))).Take(1)];
        return found.Length == 0 ? null : found[0];
    }

    private static string? QueryOf(ImageAccessKind sharedWith) => sharedWith == ImageAccessKind.Tenant ? "sharedTo=tenant" : null;

    private static bool Names(string? name) => name is not null && !NamePattern.HasWildcard(name);

    private static List<JsonElement> Fitting(List<JsonElement> items, string? name)
    {
        var pattern = new NamePattern(name);
        return items.FindAll(item => pattern.Fits(item.Text("name")));
    }

    private string GalleryPath(bool isCommunity, string name) => $"{Root}{(isCommunity ? "communityGalleries" : "sharedGalleries")}/{Uri.EscapeDataString(name)}";

    private async Task<JsonElement?> FindAsync(string path) =>
        (await operation.Arm.FindAsync(path, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false))?.Body;

    private async Task<List<JsonElement>> ListAsync(string path, string? query)
    {
        var items = new List<JsonElement>();
        await operation.Arm.ListAsync(path, ArmApiVersions.Galleries, item =>
        {
            items.Add(item);
            return Task.CompletedTask;
        }, operation.CancellationToken, query).ConfigureAwait(false);
        return items;
    }

    private ImageCmdletsException NoGallery(string name, string what, string advice) =>
        new(ErrorIds.ImageNotFound, $"{what} of the name '{name}' that has images in {location}.", name, advice);

    private ImageCmdletsException NotFound(SharedImageId id) => new(ErrorIds.ImageNotFound,
        id.IsCommunity ? $"The image '{id}' of a community gallery is not there, or not in {location}." : $"The image '{id}' is not shared with the subscription '{subscriptionId}', or not in {location}.",
        id.Text, $"List what there is with 'Get-SharedImage -Location {location}{(id.IsCommunity ? $" -CommunityGalleryName {id.GalleryName}" : string.Empty)}', or ask the owner of the gallery to share it, and to replicate it to the region.");
}
