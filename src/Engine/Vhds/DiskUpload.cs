using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>Writes the bytes of a disk that waits for them.</summary>
/// <remarks>Source: "Upload a VHD to Azure" of Microsoft's documentation: a disk with <c>createOption</c> Upload, Put Page, and the end of
/// the access as the end of the upload, at which Azure looks at the footer.</remarks>
internal static class DiskUpload
{
    /// <summary>How long an address to write by lives: only this process knows it, and where it is killed, nobody can end it.</summary>
    public static readonly TimeSpan Access = TimeSpan.FromMinutes(30);
    private const int MostWaits = 20;

    /// <summary>Whether a disk still waits for bytes.</summary>
    public static bool IsOpen(DiskFacts disk) => disk.DiskState is "ReadyToUpload" or "ActiveUpload";

    /// <summary>Writes, unless the upload has ended already; all bytes are there afterwards.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="id">A disk that was made for an upload.</param>
    /// <param name="write">Writes the bytes, the footer last.</param>
    public static async Task RunAsync(Operation operation, ResourceId id, Func<DiskBlob, Task> write)
    {
        // What an earlier run asked for last may still be going on, and may have been the end of its upload.
        for (int waits = 0; await IsOpenAsync(operation, id).ConfigureAwait(false); waits++)
        {
            try
            {
                await DiskBlob.UseAsync(operation, id, "Write", Access, write).ConfigureAwait(false);
                return;
            }
            catch (ImageCmdletsException exception)
            {
                // Another run that writes the same may have ended the upload.
                if (!DiskAccess.IsBehindAnother(exception) || waits >= MostWaits)
                {
                    if (await IsOpenAsync(operation, id).ConfigureAwait(false))
                        throw;
                    return;
                }

                await operation.Clock.DelayAsync(DiskAccess.Turn, operation.CancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a disk that is there still waits for bytes.</summary>
    public static async Task<bool> IsOpenAsync(Operation operation, ResourceId id) => IsOpen(await DiskReader.ReadAsync(operation, id.Text).ConfigureAwait(false));
}
