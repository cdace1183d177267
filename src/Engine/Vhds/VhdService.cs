using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>Makes VHDs of snapshots.</summary>
public static class VhdService
{
    /// <summary>Makes a VHD of each snapshot, one after the other, each with many requests side by side; writes each <see cref="ImageVhd"/>.</summary>
    /// <remarks>Access to a snapshot's bytes is revoked at its end, also after a failure or a stop. What has arrived until then is
    /// kept, and the same call goes on with it.</remarks>
    /// <exception cref="ImageCmdletsException">SnapshotNotFound, SnapshotNotComplete, FileAlreadyExists, FileNotWritable, AuthorizationFailed,
    /// VhdNotFound, ConnectionFailed, ServiceUnavailable.</exception>
    public static Task ExportAsync(ImageSession session, IReadOnlyList<ExportVhdOptions> items, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        Operation.RunAsync(session, sink, run, items[0].SourceId, async operation =>
        {
            foreach (ExportVhdOptions item in items)
            {
                try
                {
                    await new SnapshotExport(operation, item).RunAsync().ConfigureAwait(false);
                }
                catch (ImageCmdletsException exception) when (items.Count > 1)
                {
                    await operation.ErrorAsync(exception).ConfigureAwait(false);
                }
            }
        }, cancellationToken);
}
