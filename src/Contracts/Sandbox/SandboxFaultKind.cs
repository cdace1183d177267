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

    /// <summary>401: the token has expired.</summary>
    ExpiredToken,

    /// <summary>403: no right to do this here.</summary>
    Forbidden,
}
