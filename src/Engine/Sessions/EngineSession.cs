using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>What Engine keeps behind an <see cref="ImageSession"/>: one pipeline, one clock, the SDK's client over both.</summary>
internal sealed class EngineSession : IDisposable
{
    private readonly Lazy<ArmClient> _client;

    public EngineSession(SessionTransport connection, TokenCredential credential, string subscriptionId)
    {
        Endpoint = connection.Environment.Endpoint;
        SubscriptionId = subscriptionId;
        Clock = new SessionClock(connection.Time);
        Sandbox = connection.Sandbox;
        Seed = connection.Seed;
        Transport = connection.Transport;
        ArmClientOptions options = ArmPipelineFactory.Options(connection, this);
        Pipeline = ArmPipelineFactory.Pipeline(options, connection.Environment, credential);

        // The SDK's client costs its assemblies; reading needs only the pipeline.
        _client = new Lazy<ArmClient>(() => new ArmClient(credential, subscriptionId, options));
    }

    public Uri Endpoint { get; }

    public string SubscriptionId { get; }

    public SessionClock Clock { get; }

    /// <summary>What carries requests, to blobs also.</summary>
    public HttpPipelineTransport Transport { get; }

    /// <summary>Decides the jitter of retries.</summary>
    public int Seed { get; }

    public HttpPipeline Pipeline { get; }

    public ArmClient Client => _client.Value;

    /// <summary>Null unless this is a sandbox session.</summary>
    public ArmSandbox? Sandbox { get; }

    /// <summary>False for a session that only borrows the connection to look around before the real one is made.</summary>
    public bool OwnsConnection { get; init; } = true;

    public SessionCache Cache { get; } = new();

    /// <summary>What was begun with -NoWait.</summary>
    public StartedOperations Started { get; } = new();

    /// <summary>The engine's side of a session that the user holds.</summary>
    /// <exception cref="ImageCmdletsException">NotConnected: the session was disconnected.</exception>
    public static EngineSession Of(ImageSession session)
    {
        if (!session.IsConnected)
            throw new ImageCmdletsException(ErrorIds.NotConnected, $"The session '{session}' is disconnected.", session);

        return (EngineSession)session.EngineState;
    }

    public void Dispose()
    {
        if (!OwnsConnection)
            return;

        (Transport as IDisposable)?.Dispose();
        Sandbox?.Dispose();
    }
}
