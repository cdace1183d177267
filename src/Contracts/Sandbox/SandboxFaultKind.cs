namespace ImageCmdlets;

/// <summary>What a sandbox fault does to a request.</summary>
public enum SandboxFaultKind
{
    /// <summary>An error answer with the status, code and text given.</summary>
    Error,

    /// <summary>The connection is cut.</summary>
    ConnectionReset,

    /// <summary>The right status, and a body that is no JSON.</summary>
    MalformedBody,

    /// <summary>Half of the right body.</summary>
    TruncatedBody,

    /// <summary>The long-running operation begins, and ends as Failed with the code and text given.</summary>
    OperationFailure,

    /// <summary>401: the token has expired; of a blob, 403: its signature has.</summary>
    ExpiredToken,

    /// <summary>403: no right to do this here.</summary>
    Forbidden,

    /// <summary>The answer comes later, by the delay given.</summary>
    SlowAnswer,

    /// <summary>The long-running operation takes longer, by the delay given.</summary>
    SlowOperation,

    /// <summary>The copy that the request starts takes longer, by the delay given.</summary>
    CopyStall,

    /// <summary>The copy that the request starts breaks half-way, with the code and text given.</summary>
    CopyFailure,
}
