namespace ImageCmdlets;

/// <summary>A fault the sandbox shows: what it hits and what it does.</summary>
public sealed record SandboxFaultOptions
{
    /// <summary>HTTP method, or <c>*</c>.</summary>
    public string Method { get; init; } = "*";

    /// <summary>Wildcard pattern on the request's path, such as <c>*/images/*</c>.</summary>
    public string Path { get; init; } = "*";

    /// <summary>How many fitting requests pass before it strikes.</summary>
    public int After { get; init; }

    /// <summary>How many requests it hits; 0: all.</summary>
    public int Count { get; init; } = 1;

    /// <summary>What happens: <c>Status</c>, <c>ConnectionReset</c>, <c>ConnectionResetAfterEffect</c>, <c>MalformedBody</c>, <c>TruncatedBody</c>,
    /// <c>OperationFailed</c>, <c>ExpiredToken</c> or <c>AuthorizationFailed</c>.</summary>
    public string Effect { get; init; } = "Status";

    /// <summary>HTTP status for <c>Status</c>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>Azure error code.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>Seconds in the <c>Retry-After</c> header.</summary>
    public int? RetryAfterSeconds { get; init; }
}
