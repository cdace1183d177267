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

    /// <summary>Pattern of the region that the request is about, such as <c>northeurope</c>; null: all.</summary>
    public string? Location { get; init; }

    /// <summary>How many fitting requests pass before it strikes.</summary>
    public int Skip { get; init; }

    /// <summary>How many requests it hits; null: one, or any number when there is a probability.</summary>
    public int? Count { get; init; }

    /// <summary>How likely a fitting request is hit, from 0 to 1. Which ones follows from the sandbox's seed.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Whether the request first has its effect and only the answer is lost or changed.</summary>
    public bool AfterEffect { get; init; }

    /// <summary>What happens.</summary>
    public SandboxFaultKind Effect { get; init; }

    /// <summary>HTTP status of an <c>Error</c>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Azure's error code; null: the one that Azure uses most with the status.</summary>
    public string? Code { get; init; }

    /// <summary>Azure's text; null: the one that goes with the status.</summary>
    public string? Message { get; init; }

    /// <summary>Body of an <c>Error</c> instead of Azure's: empty, or a proxy's HTML; null: Azure's.</summary>
    public string? Body { get; init; }

    /// <summary>How much longer something takes, for the effects that slow down.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Seconds in the <c>Retry-After</c> header; null: no such header.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Requests hit so far; read only.</summary>
    public int Hits { get; init; }
}
