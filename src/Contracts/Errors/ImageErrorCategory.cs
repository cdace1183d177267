namespace ImageCmdlets;

/// <summary>The categories of PowerShell's <c>ErrorCategory</c> that this module uses, by the same names.</summary>
/// <remarks>A copy, because Contracts references nothing and Engine must not know PowerShell.</remarks>
public enum ImageErrorCategory
{
    NotSpecified,
    AuthenticationError,
    ConnectionError,
    InvalidArgument,
    InvalidData,
    InvalidOperation,
    InvalidResult,
    LimitsExceeded,
    ObjectNotFound,
    OperationStopped,
    OperationTimeout,
    PermissionDenied,
    ProtocolError,
    QuotaExceeded,
    ResourceBusy,
    ResourceExists,
    ResourceUnavailable,
    SecurityError,
}
