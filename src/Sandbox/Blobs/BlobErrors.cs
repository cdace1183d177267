using System.Globalization;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Refusals of the blob service: statuses, codes and texts of its "Blob service error codes" page.</summary>
internal static class BlobErrors
{
    private const string Authenticate =
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.";

    public static BlobException AuthenticationFailed(string detail) =>
        new(403, "AuthenticationFailed", Authenticate) { Details = [new("AuthenticationErrorDetail", detail)] };

    /// <summary>Text as the service writes it for a signature that has begun too late or ended too early.</summary>
    public static BlobException OutsideTime(DateTimeOffset? start, DateTimeOffset expiry, DateTimeOffset now) => AuthenticationFailed(
        $"Signature not valid in the specified time frame: Start [{Time(start)}] - Expiry [{Time(expiry)}] - Current [{Time(now)}]");

    public static BlobException PermissionMismatch() => new(
        403, "AuthorizationPermissionMismatch", "This request is not authorized to perform this operation using this permission.");

    public static BlobException ResourceTypeMismatch() => new(
        403, "AuthorizationResourceTypeMismatch", "This request is not authorized to perform this operation using this resource type.");

    public static BlobException ServiceMismatch() => new(
        403, "AuthorizationServiceMismatch", "This request is not authorized to perform this operation using this service.");

    public static BlobException AuthorizationFailure() =>
        new(403, "AuthorizationFailure", "This request is not authorized to perform this operation.");

    public static BlobException KeysNotPermitted() =>
        new(403, "KeyBasedAuthenticationNotPermitted", "Key based authentication is not permitted on this storage account.");

    public static BlobException PublicAccessNotPermitted() =>
        new(409, "PublicAccessNotPermitted", "Public access is not permitted on this storage account.");

    /// <summary>Also the answer to a stranger about a container that is not public.</summary>
    public static BlobException ResourceNotFound() => new(404, "ResourceNotFound", "The specified resource does not exist.");

    public static BlobException ContainerNotFound() => new(404, "ContainerNotFound", "The specified container does not exist.");

    public static BlobException ContainerAlreadyExists() => new(409, "ContainerAlreadyExists", "The specified container already exists.");

    public static BlobException InvalidResourceName() =>
        new(400, "InvalidResourceName", "The specifed resource name contains invalid characters.");

    public static BlobException BlobNotFound() => new(404, "BlobNotFound", "The specified blob does not exist.");

    public static BlobException BlobAlreadyExists() => new(409, "BlobAlreadyExists", "The specified blob already exists.");

    public static BlobException InvalidBlobType() => new(409, "InvalidBlobType", "The blob type is invalid for this operation.");

    public static BlobException InvalidPageRange() => new(416, "InvalidPageRange", "The page range specified is invalid.");

    public static BlobException InvalidRange(long length) => new(
        416, "InvalidRange", "The range specified is invalid for the current size of the resource.")
    {
        Headers = [new("Content-Range", $"bytes */{length}")],
    };

    public static BlobException BodyTooLarge(long limit) => new(
        413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.")
    {
        Details = [new("MaxLimit", limit.ToString(CultureInfo.InvariantCulture))],
    };

    public static BlobException Md5Mismatch(string sent, string calculated) => new(
        400, "Md5Mismatch", "The MD5 value specified in the request did not match with the MD5 value calculated by the server.")
    {
        Details = [new("UserSpecifiedMd5", sent), new("ServerCalculatedMd5", calculated)],
    };

    public static BlobException InvalidHeader(string name, string? value) => new(
        400, "InvalidHeaderValue", "The value for one of the HTTP headers is not in the correct format.")
    {
        Details = [new("HeaderName", name), new("HeaderValue", value ?? string.Empty)],
    };

    public static BlobException MissingHeader(string name) => new(
        400, "MissingRequiredHeader", "An HTTP header that's mandatory for this request is not specified.")
    {
        Details = [new("HeaderName", name)],
    };

    public static BlobException InvalidQuery(string name, string? value) => new(
        400, "InvalidQueryParameterValue", "Value for one of the query parameters specified in the request URI is invalid.")
    {
        Details = [new("QueryParameterName", name), new("QueryParameterValue", value ?? string.Empty)],
    };

    public static BlobException UnsupportedVerb() =>
        new(405, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb.");

    public static BlobException TimedOut() =>
        new(500, "OperationTimedOut", "The operation could not be completed within the permitted time.");

    public static BlobException ConditionNotMet(int status = 412) =>
        new(status, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");

    public static BlobException SequenceNotMet() => new(
        412, "SequenceNumberConditionNotMet", "The sequence number condition specified was not met.");

    public static BlobException CannotVerifyCopySource(int status, string message) => new(status, "CannotVerifyCopySource", message);

    public static BlobException PendingCopy() =>
        new(409, "PendingCopyOperation", "There is currently a pending copy operation.");

    public static BlobException NoPendingCopy() =>
        new(409, "NoPendingCopyOperation", "There is currently no pending copy operation.");

    public static BlobException CopyIdMismatch() =>
        new(409, "CopyIdMismatch", "The specified copy ID did not match the copy ID for the pending copy operation.");

    public static BlobException LeaseMissing() => new(
        412, "LeaseIdMissing", "There is currently a lease on the blob and no lease ID was specified in the request.");

    public static BlobException LeaseMismatch() => new(
        412, "LeaseIdMismatchWithBlobOperation", "The lease ID specified did not match the lease ID for the blob.");

    public static BlobException LeaseMismatchWithLease() => new(
        409, "LeaseIdMismatchWithLeaseOperation", "The lease ID specified did not match the lease ID for the blob.");

    public static BlobException LeasePresent() => new(409, "LeaseAlreadyPresent", "There is already a lease present.");

    public static BlobException LeaseNotPresent() => new(
        409, "LeaseNotPresentWithLeaseOperation", "There is currently no lease on the blob.");

    public static BlobException InvalidBlockList() => new(400, "InvalidBlockList", "The specified block list is invalid.");

    public static BlobException InvalidXml() => new(400, "InvalidXmlDocument", "XML specified is not syntactically valid.");

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty;
}
