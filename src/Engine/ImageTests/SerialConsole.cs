using System.Text;
using Azure;
using Azure.Core;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Vhds;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.ImageTests;

/// <summary>What a machine has written to its console.</summary>
/// <remarks>Source: <c>VirtualMachines_RetrieveBootDiagnosticsData</c>, whose addresses are signed and are shown to nobody.</remarks>
internal static class SerialConsole
{
    private const int LongestTail = 4000;

    /// <summary>The end of it; null where there is none, or where it cannot be read: it is an addition to a failure that is known.</summary>
    public static async Task<string?> FindAsync(Operation operation, ResourceId machine)
    {
        try
        {
            ArmAnswer answer = await operation.Arm.SendAsync(RequestMethod.Post, machine.Text + "/retrieveBootDiagnosticsData", ArmApiVersions.Compute, null, operation.CancellationToken).ConfigureAwait(false);
            return answer.Body.Text("serialConsoleLogBlobUri") is { } address ? await ReadAsync(operation, new Uri(address)).ConfigureAwait(false) : null;
        }
        catch (RequestFailedException exception)
        {
            operation.Verbose($"The console of '{machine.Name}' cannot be read: the storage service answers {exception.Status}.");
        }
        catch (ImageCmdletsException exception)
        {
            operation.Verbose($"The console of '{machine.Name}' cannot be read: {exception.Message}");
        }

        return null;
    }

    private static async Task<string?> ReadAsync(Operation operation, Uri address)
    {
        // A checksum of a whole blob is none that the storage service gives.
        var options = new BlobDownloadOptions { TransferValidation = new DownloadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.None } };
        Response<BlobDownloadResult> log = await BlobClientFactory.Create(operation.Session, address).DownloadContentAsync(options, operation.CancellationToken).ConfigureAwait(false);
        string text = Encoding.UTF8.GetString(log.Value.Content.ToArray()).Trim('\0', '\r', '\n', ' ');
        return text.Length == 0 ? null : text.Length <= LongestTail ? text : text.Substring(text.Length - LongestTail);
    }
}
