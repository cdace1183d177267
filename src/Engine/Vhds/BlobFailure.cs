using Azure;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Vhds;

/// <summary>What goes wrong with blobs, in the module's own words.</summary>
/// <remarks>Source: "Blob service error codes" of Microsoft's documentation. The messages name no signature.</remarks>
internal static class BlobFailure
{
    /// <summary>Whether the signature is the reason: it has ended, or somebody revoked it.</summary>
    public static bool IsOfSignature(RequestFailedException exception) => exception.Status == 403;

    /// <summary>Whether what the service reads from is the reason, not what it writes to.</summary>
    public static bool IsOfSource(RequestFailedException exception) => exception.ErrorCode == "CannotVerifyCopySource";

    /// <summary>The module's exception.</summary>
    /// <param name="exception">What the storage library or the connection threw.</param>
    /// <param name="what">What it is about, such as "the snapshot 'a'" or an address without its signature.</param>
    /// <param name="target">For the error's target.</param>
    public static ImageCmdletsException Of(Exception exception, string what, string target) => exception switch
    {
        ImageCmdletsException own => own,
        RequestFailedException { Status: 403 } refused => new ImageCmdletsException(ErrorIds.AuthorizationFailed,
            $"The storage service refuses access to {what} ({refused.Status} {refused.ErrorCode}).", target,
            "Check that the signature is still valid and allows what is to be done, and that no network rule of the storage account or disk is in the way.", exception),
        RequestFailedException { Status: 404 } missing => new ImageCmdletsException(ErrorIds.VhdNotFound,
            $"There is nothing at {what} ({missing.Status} {missing.ErrorCode}).", target, "Check the address, and that the container exists.", exception),
        RequestFailedException { Status: 0 } or ConnectionException or IOException or HttpRequestException => new ImageCmdletsException(ErrorIds.ConnectionFailed,
            $"The storage service gave no answer about {what}: {exception.GetBaseException().Message}", target,
            "Check that this machine reaches the storage service over HTTPS, and run the same command again: it goes on where this one ended.", exception),
        RequestFailedException { Status: 429 or >= 500 } busy => new ImageCmdletsException(ErrorIds.ServiceUnavailable,
            $"The storage service cannot serve {what} now ({busy.Status} {busy.ErrorCode}).", target,
            "Run the same command again later: it goes on where this one ended.", exception),
        RequestFailedException { Status: 409 or 412 } conflict => new ImageCmdletsException(ErrorIds.ResourceBusy,
            $"Somebody else uses {what} ({conflict.Status} {conflict.ErrorCode}).", target, null, exception),
        RequestFailedException other => new ImageCmdletsException(ErrorIds.InvalidRequest,
            $"The storage service refuses what was asked of {what} ({other.Status} {other.ErrorCode}).", target, null, exception),
        _ => ArmFailure.Of(exception, target),
    };
}
