using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Makes, reads and changes image definitions.</summary>
public static class DefinitionService
{
    /// <summary>Writes each <see cref="ImageDefinition"/> that fits.</summary>
    /// <remarks>Source: <c>GalleryImages_Get</c>, <c>GalleryImages_ListByGallery</c>.</remarks>
    public static Task GetAsync(ImageSession session, GalleryQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), query.Id ?? query.DefinitionName, async operation =>
        {
            foreach (JsonElement definition in await new GalleryWalk(operation, query).DefinitionsAsync().ConfigureAwait(false))
                await operation.WriteAsync(GalleryMapper.Definition(definition)).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Makes a definition, or gives the one that is there when it is as wanted; writes the <see cref="ImageDefinition"/>.</summary>
    /// <remarks>Source: <c>GalleryImages_CreateOrUpdate</c>.</remarks>
    /// <exception cref="ImageCmdletsException">InvalidResourceName, InvalidArgument, ResourceNotFound, ResourceAlreadyExists; what is said of a source that cannot be read.</exception>
    public static Task CreateAsync(ImageSession session, NewDefinitionOptions options, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, options.Name, async operation =>
        {
            ResourceId gallery = GalleryIds.Gallery(options.SubscriptionId ?? operation.Session.SubscriptionId, options.ResourceGroupName, options.GalleryName);
            ResourceId id = GalleryIds.Definition(gallery, options.Name);
            GalleryDefinitionContent content = await DefinitionPlanner.PlanAsync(operation, id, options).ConfigureAwait(false);
            await GalleryMaking.RunAsync(operation, id, run, there => DefinitionPlanner.RequireSame(GalleryMapper.Definition(there), content),
                () => GalleryWriter.BeginDefinitionAsync(operation, id, content), GalleryMapper.Definition).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Changes definitions, side by side; writes each <see cref="ImageDefinition"/> as it is afterwards.</summary>
    /// <remarks>Source: <c>GalleryImages_Update</c>.</remarks>
    public static Task SetAsync(ImageSession session, IReadOnlyList<SetDefinitionOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Id, operation => operation.ForEachItemAsync(items, async (item, branch) =>
        {
            ResourceId id = ResourceId.TryParse(item.Id)!;
            var properties = new JsonObject();
            if (item.Description is not null)
                properties["description"] = item.Description;
            if (item.EndOfLifeDate is not null)
                properties["endOfLifeDate"] = GalleryWriter.Date(item.EndOfLifeDate);
            await GalleryMaking.ChangeAsync(branch, id, run, GalleryMaking.Change(properties, item.Tag), GalleryMapper.Definition).ConfigureAwait(false);
        }), cancellationToken);
}
