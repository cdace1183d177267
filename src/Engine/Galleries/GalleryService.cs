using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Access;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Usage;

namespace ImageCmdlets.Engine.Galleries;

/// <summary>Makes, reads, changes and removes galleries.</summary>
public static class GalleryService
{
    /// <summary>Image versions that Azure lets a subscription delete in three minutes (recorded: <c>DeleteGalleryImageVersion3Min</c>): more at once would wait.</summary>
    public const int DeletionsAtOnce = 150;

    /// <summary>Writes each <see cref="ImageGallery"/> that fits, as soon as Azure sends it.</summary>
    /// <remarks>Source: <c>Galleries_Get</c>, <c>Galleries_List</c>, <c>Galleries_ListByResourceGroup</c>.</remarks>
    public static Task GetAsync(ImageSession session, ResourceQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), query.Id ?? query.Name, operation =>
            GalleryWalk.Galleries.ReadAsync(operation, query, item => operation.WriteAsync(GalleryMapper.Gallery(item))), cancellationToken);

    /// <summary>Makes a gallery, or gives the one that is there when it is as wanted; writes the <see cref="ImageGallery"/>.</summary>
    /// <remarks>Source: <c>Galleries_CreateOrUpdate</c>.</remarks>
    /// <exception cref="ImageCmdletsException">InvalidResourceName, ResourceGroupNotFound, InvalidLocation, ResourceAlreadyExists.</exception>
    public static Task CreateAsync(ImageSession session, NewGalleryOptions options, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, options.Name, async operation =>
        {
            ResourceId id = GalleryIds.Gallery(options.SubscriptionId ?? operation.Session.SubscriptionId, options.ResourceGroupName, options.Name);
            ResourceNames.Require(ResourceTypes.Gallery, options.Name);
            string groupLocation = await ResourceGroups.RequireAsync(operation, id.SubscriptionId, options.ResourceGroupName).ConfigureAwait(false);
            string location = await LocationCatalog.ResolveAsync(operation, id.SubscriptionId, options.Location ?? groupLocation).ConfigureAwait(false);
            await GalleryMaking.RunAsync(operation, id, run, there => RequireSame(there, options, location),
                () => GalleryWriter.BeginGalleryAsync(operation, id, location, options.Description, options.Tag ?? new Dictionary<string, string>(), options.SoftDelete, options.Permission), GalleryMapper.Gallery).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Changes galleries, side by side; writes each <see cref="ImageGallery"/> as it is afterwards.</summary>
    /// <remarks>Source: <c>Galleries_Update</c>.</remarks>
    public static Task SetAsync(ImageSession session, IReadOnlyList<SetGalleryOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Id, operation => operation.ForEachItemAsync(items, (item, branch) =>
        {
            JsonObject properties = item.SoftDelete is { } softDelete ? (JsonObject)SoftDeletePolicy(softDelete)["properties"]! : [];
            JsonObject body = SoftDeleteBody(properties, item);
            return GalleryMaking.ChangeAsync(branch, GalleryWalk.Galleries.RequireId(item.Id), run, body, GalleryMapper.Gallery);
        }), cancellationToken);

    /// <summary>Removes galleries, definitions or versions, side by side; each failure is reported and does not stop the others.</summary>
    /// <remarks>Source: <c>Galleries_Delete</c>, <c>GalleryImages_Delete</c>, <c>GalleryImageVersions_Delete</c>.</remarks>
    /// <exception cref="ImageCmdletsException">For one: ResourceInUse, ResourceNotFound, ImageNotFound.</exception>
    public static Task RemoveAsync(ImageSession session, IReadOnlyList<RemoveGalleryOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Id, async operation =>
        {
            RemovalGuard guard = await RemovalGuard.LookAsync(operation, [.. items.Where(item => !item.AllowInUse).Select(item => ResourceId.TryParse(item.Id)!)]).ConfigureAwait(false);
            await operation.ForEachItemAsync(items, (item, branch) =>
            {
                ResourceId id = ResourceId.TryParse(item.Id)!;
                if (!item.AllowInUse)
                    guard.Require(id);
                return item.Recurse ? new GalleryRemoval(branch, id).RunAsync() : RemoveEmptyAsync(branch, id, run);
            }).ConfigureAwait(false);
        }, cancellationToken);

    private static async Task RemoveEmptyAsync(Operation operation, ResourceId id, RunOptions run)
    {
        try
        {
            await ResourceRemoval.RemoveAsync(operation, id, run).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.ResourceInUse && !id.Is(ResourceTypes.GalleryImageVersion))
        {
            throw new ImageCmdletsException(exception.ErrorId, exception.Message, exception.Target, "Pass -Recurse to remove what is inside it too, or remove that first.", exception);
        }
    }

    /// <summary>A change of whether versions that are deleted are kept.</summary>
    internal static JsonObject SoftDeletePolicy(bool isOn) => new()
    {
        ["properties"] = new JsonObject { ["softDeletePolicy"] = new JsonObject { ["isSoftDeleteEnabled"] = isOn } },
    };

    private static JsonObject SoftDeleteBody(JsonObject properties, SetGalleryOptions item)
    {
        var copy = (JsonObject)properties.DeepClone();
        if (item.Description is not null)
            copy["description"] = item.Description;
        if (item.Permission is not null)
            copy["sharingProfile"] = GallerySharing.Profile(item.Permission);
        return GalleryMaking.Change(copy, item.Tag);
    }

    private static void RequireSame(JsonElement there, NewGalleryOptions options, string location)
    {
        ImageGallery gallery = GalleryMapper.Gallery(there);
        bool isSame = gallery.Location == location && (options.Description is null || options.Description == gallery.Description) && (!options.SoftDelete || gallery.SoftDelete)
            && (options.Permission is null || options.Permission.Equals(gallery.Permission, StringComparison.OrdinalIgnoreCase));
        if (!isSame)
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists, $"The gallery '{gallery.Name}' is there already, in {gallery.Location}, and is not as wanted.", gallery.Id,
                "Change it with Set-ImageGallery, or pass another -Name.");
        }
    }
}
