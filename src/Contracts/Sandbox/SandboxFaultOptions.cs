namespace ImageCmdlets;

/// <summary>Something that goes wrong in a sandbox: which requests it hits and what it does. Patterns know <c>*</c> and <c>?</c>.</summary>
public sealed record SandboxFaultOptions
{
    /// <summary>HTTP method; null: all.</summary>
    public string? Method { get; init; }

    /// <summary>Pattern of the request's path, such as <c>*/images/*</c>; null: all.</summary>
    public string? Path { get; init; }

    /// <summary>Pattern of Microsoft's operation id, such as <c>Snapshots_CreateOrUpdate</c>; null: all.</summary>
    public string? Operation { get; init; }

    /// <summary>Pattern of the permission that the request needs, such as <c>Microsoft.Compute/images/write</c>; null: all.</summary>
    public string? Action { get; init; }

    /// <summary>The scope at or below which the request must lie; null: everywhere.</summary>
    public string? Scope { get; init; }

    /// <summary>How many fitting requests pass before it strikes.</summary>
    public int Skip { get; init; }

    /// <summary>How many requests it hits.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Whether the request first has its effect and only the answer is lost or changed.</summary>
    public bool AfterEffect { get; init; }

    /// <summary>What happens.</summary>
    public SandboxFaultKind Effect { get; init; }

    /// <summary>HTTP status of an <c>Error</c>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Azure's error code.</summary>
    public string Code { get; init; } = "InternalServerError";

    /// <summary>Azure's text.</summary>
    public string Message { get; init; } = "Encountered internal server error.";

    /// <summary>Seconds in the <c>Retry-After</c> header; null: no such header.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Requests hit so far; read only.</summary>
    public int Hits { get; init; }
}
