using System.Text.Json;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Usage;
using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Images;

/// <summary>Makes, reads, changes and removes managed images.</summary>
public static class ImageService
{
    private static readonly ResourceReader s_reader = new(ResourceTypes.Image, ErrorIds.ImageNotFound);

    /// <summary>Writes each image that fits as a <see cref="CustomImage"/>, as soon as Azure sends it.</summary>
    /// <remarks>Source: <c>Images_Get</c>, <c>Images_List</c>, <c>Images_ListByResourceGroup</c>.</remarks>
    public static Task GetAsync(ImageSession session, ResourceQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), query.Id ?? query.Name, operation =>
            s_reader.ReadAsync(operation, query, item => operation.WriteAsync(ImageMapper.Map(item))), cancellationToken);

    /// <summary>Writes each managed image that fits as a <see cref="CustomImage"/>, then each version of the image definitions that fit as an <see cref="ImageVersion"/>,
    /// as Azure sends them.</summary>
    /// <remarks>Source: as <see cref="GetAsync"/>; <c>Galleries_List</c>, <c>GalleryImages_ListByGallery</c>, <c>GalleryImageVersions_ListByGalleryImage</c>.</remarks>
    /// <exception cref="ImageCmdletsException">InvalidResourceId; ImageNotFound: neither an image nor a definition has the one name or id.</exception>
    public static Task GetAllAsync(ImageSession session, ResourceQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), query.Id ?? query.Name, operation => new ImageListing(operation, query).RunAsync(s_reader), cancellationToken);

    /// <summary>Makes images, side by side; writes each <see cref="CustomImage"/>. An image that is there already, made of the same
    /// disks, is given as it is.</summary>
    /// <remarks>Source: <c>Images_CreateOrUpdate</c>.</remarks>
    /// <exception cref="ImageCmdletsException">InvalidArgument: two images would get one id; nothing was changed by then. For one image
    /// also what its source or its name makes impossible.</exception>
    public static Task CreateAsync(ImageSession session, IReadOnlyList<NewImageOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Source, async operation =>
        {
            var plans = new ImagePlan?[items.Count];
            int[] indexes = [.. Enumerable.Range(0, items.Count)];
            await operation.ForEachItemAsync(indexes, async (index, branch) =>
                plans[index] = await ImageClone.GuardAsync(branch, items[index].Source, items[index].KeepClone, run, () => ImagePlanner.PlanAsync(branch, items[index])).ConfigureAwait(false)).ConfigureAwait(false);
            ImagePlan[] good = [.. plans.OfType<ImagePlan>()];
            await RequireDistinctAsync(operation, good, run).ConfigureAwait(false);
            await operation.ForEachItemAsync(good, (plan, branch) => CreateAsync(branch, plan, run)).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Changes the tags of images, side by side; writes each <see cref="CustomImage"/> as it is afterwards.</summary>
    /// <remarks>Source: <c>Images_Update</c>. Azure lets nobody change anything else of an image.</remarks>
    public static Task SetAsync(ImageSession session, IReadOnlyList<SetImageOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Id, operation =>
            operation.ForEachItemAsync(items, (item, branch) => ImageTagging.SetAsync(branch, item, run)), cancellationToken);

    /// <summary>Removes images, side by side; each failure is reported and does not stop the others.</summary>
    /// <remarks>Source: <c>Images_Delete</c>.</remarks>
    /// <exception cref="ImageCmdletsException">For one image: ResourceInUse, ImageNotFound; nothing was changed.</exception>
    public static Task RemoveAsync(ImageSession session, IReadOnlyList<RemoveImageOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].Id, async operation =>
        {
            RemovalGuard guard = await RemovalGuard.LookAsync(operation, [.. items.Where(item => !item.AllowInUse).Select(item => s_reader.RequireId(item.Id))]).ConfigureAwait(false);
            await operation.ForEachItemAsync(items, (item, branch) =>
            {
                ResourceId id = s_reader.RequireId(item.Id);
                if (!item.AllowInUse)
                    guard.Require(id);
                return ResourceRemoval.RemoveAsync(branch, id, run);
            }).ConfigureAwait(false);
        }, cancellationToken);

    private static async Task CreateAsync(Operation operation, ImagePlan plan, RunOptions run)
    {
        ImageClone? clone = ImageClone.Of(plan, run);
        try
        {
            CustomImage? image = plan.Upload.Count == 0
                ? await ImageCreation.CreateAsync(operation, plan, run).ConfigureAwait(false)
                : await VhdImport.RunAsync(operation, plan, run).ConfigureAwait(false);
            if (clone is not null)
                await clone.RemoveAsync(operation).ConfigureAwait(false);
            if (image is not null)
                await operation.WriteAsync(image).ConfigureAwait(false);
        }
        catch (ImageCmdletsException) when (clone is not null)
        {
            await clone.GiveUpAsync(operation).ConfigureAwait(false);
            throw;
        }
    }

    internal static async Task<CustomImage> ReadAsync(Operation operation, string id)
    {
        JsonElement item = await s_reader.ReadOneAsync(operation, id).ConfigureAwait(false);
        return ImageMapper.Map(item);
    }

    // Nothing is begun then: clones that were made for the images go, as with any other refusal.
    private static async Task RequireDistinctAsync(Operation operation, IReadOnlyList<ImagePlan> plans, RunOptions run)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (plans.FirstOrDefault(plan => !seen.Add(plan.Id.Text)) is not { } twice)
            return;

        foreach (ImageClone clone in plans.Select(plan => ImageClone.Of(plan, run)).OfType<ImageClone>().GroupBy(clone => clone.Id.Text, StringComparer.OrdinalIgnoreCase).Select(same => same.First()))
            await clone.GiveUpAsync(operation).ConfigureAwait(false);
        throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"Two images would get the name '{twice.Id.Name}' in the resource group '{twice.Id.ResourceGroupName}'.",
            twice.Id.Text, "Leave -Name out: then each is named after its source.");
    }
}
