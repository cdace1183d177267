using System.Text.Json;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Images;

/// <summary>Reads and removes managed images.</summary>
public static class ImageService
{
    private static readonly ResourceReader s_reader = new(ResourceTypes.Image, ErrorIds.ImageNotFound);

    /// <summary>Writes each image that fits as a <see cref="CustomImage"/>, as soon as Azure sends it.</summary>
    /// <remarks>Source: <c>Images_Get</c>, <c>Images_List</c>, <c>Images_ListByResourceGroup</c>.</remarks>
    public static Task GetAsync(ImageSession session, ResourceQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, new RunOptions(), query.Id ?? query.Name, operation =>
            s_reader.ReadAsync(operation, query, item => operation.WriteAsync(ImageMapper.Map(item))), cancellationToken);

    /// <summary>Removes images, side by side; each failure is reported and does not stop the others.</summary>
    /// <remarks>Source: <c>Images_Delete</c>.</remarks>
    public static Task RemoveAsync(ImageSession session, IReadOnlyList<string> ids, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, ids[0], operation =>
            operation.ForEachItemAsync(ids, (id, branch) => ResourceRemoval.RemoveAsync(branch, s_reader.RequireId(id), run)), cancellationToken);

    internal static async Task<CustomImage> ReadAsync(Operation operation, string id)
    {
        JsonElement item = await s_reader.ReadOneAsync(operation, id).ConfigureAwait(false);
        return ImageMapper.Map(item);
    }
}
