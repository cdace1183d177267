using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>Clients of page blobs over the session's own transport and clock.</summary>
internal static class BlobClientFactory
{
    /// <summary>A client for an address with a signature.</summary>
    public static PageBlobClient Create(EngineSession session, Uri address)
    {
        var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_08_06)
        {
            Transport = session.Transport,
            RetryPolicy = new ArmRetryPolicy(session.Clock, session.Seed) { RepeatsWrites = true },
        };

        // Both sides check every piece against accidents on the way. MD5, because storage emulators know it too.
        options.TransferValidation.Upload.ChecksumAlgorithm = StorageChecksumAlgorithm.MD5;
        options.TransferValidation.Download.ChecksumAlgorithm = StorageChecksumAlgorithm.MD5;
        options.Diagnostics.ApplicationId = "ImageCmdlets";
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        return new PageBlobClient(address, options);
    }
}
