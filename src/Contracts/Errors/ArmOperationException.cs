namespace ImageCmdlets;

/// <summary>A request or a long-running operation that Azure Resource Manager refused or failed.</summary>
/// <remarks>Source: the error envelope of ARM, <c>{"error":{"code","message","target","details","innererror"}}</c>.</remarks>
public sealed class ArmOperationException : ImageCmdletsException
{
    public ArmOperationException(string errorId, string message, ArmErrorDetails details, string? recommendedAction = null,
        Exception? innerException = null)
        : base(errorId, message, details.ResourceId, recommendedAction, innerException)
    {
        Details = details;
    }

    /// <summary>The parts of Azure's answer.</summary>
    public ArmErrorDetails Details { get; }

    /// <summary>HTTP status; 200 when a long-running operation ended as Failed, 0 when there was no answer.</summary>
    public int Status => Details.Status;

    /// <summary>Azure's error code, such as <c>OperationNotAllowed</c>.</summary>
    public string? Code => Details.Code;

    /// <summary><c>x-ms-request-id</c>: what Azure support asks for.</summary>
    public string? RequestId => Details.RequestId;
}
