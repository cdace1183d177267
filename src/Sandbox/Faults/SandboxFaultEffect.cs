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

    /// <summary>401 ExpiredAuthenticationToken.</summary>
    ExpiredToken,

    /// <summary>403 AuthorizationFailed for the operation's action on the resource.</summary>
    Forbidden,
}
