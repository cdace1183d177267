namespace ImageCmdlets;

/// <summary>What Azure said about a failure, with nothing interpreted.</summary>
public sealed record ArmErrorDetails
{
    /// <summary>HTTP status; 200 when a long-running operation ended as Failed, 0 when there was no answer.</summary>
    public int Status { get; init; }

    /// <summary>Azure's error code, such as <c>OperationNotAllowed</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The innermost error's code, where Azure wraps one error in another (deployments, marketplace).</summary>
    public string? InnerCode { get; init; }

    /// <summary>Azure's text for <see cref="InnerCode"/>, else of the error itself.</summary>
    public string? ServiceMessage { get; init; }

    /// <summary>The innermost <c>error.target</c>: the offending property.</summary>
    public string? ServiceTarget { get; init; }

    /// <summary>The resource that the request was about.</summary>
    public string? ResourceId { get; init; }

    /// <summary><c>x-ms-request-id</c>.</summary>
    public string? RequestId { get; init; }

    /// <summary><c>x-ms-correlation-request-id</c>.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>How long Azure asks to wait, from <c>Retry-After</c>, else from its text.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
