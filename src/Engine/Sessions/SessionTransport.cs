using Azure.Core.Pipeline;
using Azure.ResourceManager;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>How a session reaches Azure Resource Manager.</summary>
/// <param name="Environment">Endpoint and audience.</param>
/// <param name="Transport">Azure, an endpoint on loopback, or the sandbox.</param>
/// <param name="Time">The machine's or the sandbox's.</param>
/// <param name="Sandbox">Null unless it is one.</param>
internal sealed record SessionTransport(ArmEnvironment Environment, HttpPipelineTransport Transport, TimeProvider Time, ArmSandbox? Sandbox = null)
{
    /// <summary>Decides the jitter of retries, so that a sandbox run is always the same.</summary>
    public int Seed { get; init; }

    /// <summary>The sandbox with those who use it; null unless it is one.</summary>
    public SharedSandbox? Share { get; init; }

    /// <summary>Tokens of further tenants, sent along as ARM asks for them; null: none.</summary>
    public HttpPipelinePolicy? AuxiliaryTokens { get; init; }
}
