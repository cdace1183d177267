namespace ImageCmdlets;

/// <summary>A connection to Azure, to an ARM endpoint on loopback, or to a sandbox. Pass it with <c>-Session</c>.</summary>
/// <remarks>There is no process-wide current session: each runspace has its own default one.</remarks>
public sealed class ImageSession
{
    internal ImageSession(object engineState)
    {
        EngineState = engineState;
    }

    /// <summary>Distinguishes sessions in messages and lists.</summary>
    public required int SessionId { get; init; }

    /// <summary>The subscription used where a command is not told another.</summary>
    public required string SubscriptionId { get; init; }

    public string? SubscriptionName { get; init; }

    public string? TenantId { get; init; }

    /// <summary>Who is signed in, where it is known without asking: a client id, "sandbox", "access token".</summary>
    public string? Account { get; init; }

    public AuthenticationMethod Method { get; init; }

    public AzureEnvironment Environment { get; init; }

    /// <summary>The address of Azure Resource Manager.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Whether this is the built-in sandbox.</summary>
    public bool IsSandbox => Method == AuthenticationMethod.Sandbox;

    /// <summary>False after Disconnect-ImageSession.</summary>
    public bool IsConnected { get; internal set; } = true;

    internal object EngineState { get; }

    public override string ToString() => IsSandbox ? $"sandbox {SessionId}" : $"{Endpoint.Host} {SubscriptionId}";
}
