namespace ImageCmdlets.Sandbox;

/// <summary>What a fault does to a request.</summary>
public enum SandboxFaultEffect
{
    /// <summary>
    /// Answers with <see cref="SandboxFault.Status"/>, <see cref="SandboxFault.Code"/> and
    /// <see cref="SandboxFault.Message"/>.
    /// </summary>
    Error,

    /// <summary>Cuts the connection: <see cref="SandboxConnectionException"/>.</summary>
    ConnectionReset,

    /// <summary>The request has its effect; its answer has the right status and a body that is no JSON.</summary>
    MalformedBody,

    /// <summary>The request has its effect; its answer has the first half of the right body.</summary>
    TruncatedBody,

    /// <summary>
    /// Lets the long-running operation start, and end Failed with <see cref="SandboxFault.Code"/> and
    /// <see cref="SandboxFault.Message"/>. When it ends is not changed.
    /// </summary>
    OperationFailure,

    /// <summary>401 ExpiredAuthenticationToken; of a blob, 403 AuthenticationFailed for a signature that has expired.</summary>
    ExpiredToken,

    /// <summary>403 AuthorizationFailed for the operation's action on the resource.</summary>
    Forbidden,

    /// <summary>The answer comes <see cref="SandboxFault.Delay"/> later.</summary>
    SlowAnswer,

    /// <summary>The long-running operation takes <see cref="SandboxFault.Delay"/> longer.</summary>
    SlowOperation,

    /// <summary>The copy that the request starts (CopyStart, Copy Blob) takes <see cref="SandboxFault.Delay"/> longer.</summary>
    CopyStall,

    /// <summary>
    /// The copy that the request starts breaks half-way, with <see cref="SandboxFault.Code"/> and
    /// <see cref="SandboxFault.Message"/>.
    /// </summary>
    CopyFailure,
}
