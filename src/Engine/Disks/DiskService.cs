using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Disks;

/// <summary>Removes managed disks.</summary>
public static class DiskService
{
    private static readonly ResourceReader s_reader = new(ResourceTypes.Disk, ErrorIds.DiskNotFound);

    /// <summary>Removes disks, side by side; each failure is reported and does not stop the others.</summary>
    /// <remarks>Source: <c>Disks_Delete</c>. Azure refuses a disk that is attached.</remarks>
    public static Task RemoveAsync(ImageSession session, IReadOnlyList<string> ids, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, ids[0], operation =>
            operation.ForEachItemAsync(ids, (id, branch) => ResourceRemoval.RemoveAsync(branch, s_reader.RequireId(id), run)), cancellationToken);
}
