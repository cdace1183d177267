using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Goes through galleries, their definitions and versions, where names fit.</summary>
/// <remarks>Source: <c>Galleries_List</c>, <c>GalleryImages_ListByGallery</c>, <c>GalleryImageVersions_ListByGalleryImage</c>. Azure has no list of the definitions or versions of a subscription.</remarks>
internal sealed class GalleryWalk(Operation operation, GalleryQuery query)
{
    public static readonly ResourceReader Galleries = new(ResourceTypes.Gallery, ErrorIds.ResourceNotFound);
    private readonly ResourceId? _id = ResourceId.TryParse(query.Id);

    /// <summary>The definitions that fit.</summary>
    /// <exception cref="ImageCmdletsException">InvalidResourceId; ImageNotFound, ResourceNotFound: the one meant is not there.</exception>
    public async Task<IReadOnlyList<JsonElement>> DefinitionsAsync()
    {
        RequireId();
        if (_id is not null && !_id.Is(ResourceTypes.Gallery))
            return [await GetAsync(_id.Is(ResourceTypes.GalleryImage) ? _id : GalleryIds.ParentOf(_id)).ConfigureAwait(false)];

        var definitions = new List<JsonElement>();
        foreach (ResourceId gallery in await GalleriesAsync().ConfigureAwait(false))
        {
            if (_id is null && query.DefinitionName is { } name && !NamePattern.HasWildcard(name) && IsOneGallery)
                definitions.Add(await GetAsync(GalleryIds.Definition(gallery, name)).ConfigureAwait(false));
            else
                await ListAsync(gallery.Text + "/images", _id is null ? query.DefinitionName : null, definitions).ConfigureAwait(false);
        }

        return definitions;
    }

    /// <summary>The versions that fit, definition by definition.</summary>
    /// <exception cref="ImageCmdletsException">As <see cref="DefinitionsAsync"/>.</exception>
    public async Task VersionsAsync(Func<ResourceId, IReadOnlyList<JsonElement>, Task> onDefinition)
    {
        RequireId();
        IReadOnlyList<ResourceId> definitions = await DefinitionIdsAsync().ConfigureAwait(false);
        await operation.ForEachInOrderAsync(definitions, async (definition, own) => (Definition: definition, Versions: await new GalleryWalk(own, query).VersionsOfAsync(definition).ConfigureAwait(false)),
            answer => onDefinition(answer.Definition, answer.Versions)).ConfigureAwait(false);
    }

    /// <summary>All versions of a definition, as Azure lists them.</summary>
    public async Task<List<JsonElement>> ListVersionsAsync(ResourceId definition)
    {
        var versions = new List<JsonElement>();
        await ListAsync(definition.Text + "/versions", null, versions).ConfigureAwait(false);
        return versions;
    }

    /// <summary>The versions of a definition that were deleted and can be brought back.</summary>
    public async Task<List<JsonElement>> ListSoftDeletedAsync(ResourceId definition)
    {
        var versions = new List<JsonElement>();
        string path = $"{GalleryIds.ParentOf(definition).Text}/softDeletedArtifactTypes/Images/artifacts/{definition.Name}/versions";
        await ListAsync(path, null, versions).ConfigureAwait(false);
        return versions;
    }

    private bool IsOneGallery => query.GalleryName is not null && !NamePattern.HasWildcard(query.GalleryName) && query.ResourceGroupName is not null && !NamePattern.HasWildcard(query.ResourceGroupName);

    private async Task<IReadOnlyList<JsonElement>> VersionsOfAsync(ResourceId definition)
    {
        string? name = _id is null ? query.Version : _id.Is(ResourceTypes.GalleryImageVersion) ? _id.Name : null;
        bool isOne = name is not null && !NamePattern.HasWildcard(name) && (_id is not null || !NamePattern.HasWildcard(query.DefinitionName));
        if (isOne && !query.SoftDeleted)
            return [await GetAsync(GalleryIds.Version(definition, name!)).ConfigureAwait(false)];

        List<JsonElement> versions = query.SoftDeleted ? await ListSoftDeletedAsync(definition).ConfigureAwait(false) : await ListVersionsAsync(definition).ConfigureAwait(false);
        var pattern = new NamePattern(name);
        return [.. versions.Where(version => pattern.Fits(version.Text("name"))).OrderBy(version => VersionNumber.TryParse(version.Text("name")))];
    }

    /// <summary>The ids of the definitions that fit.</summary>
    /// <remarks>Of a version or definition that is meant by its id nothing else has to be read.</remarks>
    /// <exception cref="ImageCmdletsException">As <see cref="DefinitionsAsync"/>.</exception>
    public async Task<IReadOnlyList<ResourceId>> DefinitionIdsAsync()
    {
        RequireId();
        if (_id is not null && !_id.Is(ResourceTypes.Gallery))
            return [_id.Is(ResourceTypes.GalleryImage) ? _id : GalleryIds.ParentOf(_id)];
        if (IsOneGallery && query.DefinitionName is { } name && !NamePattern.HasWildcard(name))
            return [GalleryIds.Definition((await GalleriesAsync().ConfigureAwait(false))[0], name)];
        return [.. (await DefinitionsAsync().ConfigureAwait(false)).Select(definition => ResourceId.TryParse(definition.Text("id"))!)];
    }

    private async Task<IReadOnlyList<ResourceId>> GalleriesAsync()
    {
        if (_id is not null)
            return [_id];
        if (IsOneGallery)
            return [GalleryIds.Gallery(query.SubscriptionId ?? operation.Session.SubscriptionId, query.ResourceGroupName!, query.GalleryName!)];

        var galleries = new List<ResourceId>();
        var wanted = new ResourceQuery { SubscriptionId = query.SubscriptionId, ResourceGroupName = query.ResourceGroupName, Name = query.GalleryName };
        await Galleries.ReadAsync(operation, wanted, item =>
        {
            galleries.Add(ResourceId.TryParse(item.Text("id"))!);
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        return galleries;
    }

    private async Task<JsonElement> GetAsync(ResourceId id) =>
        (await operation.Arm.GetAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken).ConfigureAwait(false)).Body;

    private Task ListAsync(string path, string? name, List<JsonElement> found)
    {
        var pattern = new NamePattern(name);
        return operation.Arm.ListAsync(path, ArmApiVersions.Galleries, item =>
        {
            if (pattern.Fits(item.Text("name")))
                found.Add(item);
            return Task.CompletedTask;
        }, operation.CancellationToken);
    }

    private void RequireId()
    {
        if (query.Id is null || (_id is not null && (_id.Is(ResourceTypes.Gallery) || _id.Is(ResourceTypes.GalleryImage) || _id.Is(ResourceTypes.GalleryImageVersion))))
            return;

        throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{query.Id}' is not the id of a gallery or of something in one.", query.Id,
            "Pass the id of a gallery, an image definition or an image version.");
    }
}
