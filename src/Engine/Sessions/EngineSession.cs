using System.Collections.Concurrent;
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
    private readonly SessionTransport _connection;
    private readonly TokenCredential _credential;
    private readonly ConcurrentDictionary<string, EngineSession> _elsewhere = new(StringComparer.OrdinalIgnoreCase);

    public EngineSession(SessionTransport connection, TokenCredential credential, string subscriptionId)
    {
        Endpoint = connection.Environment.Endpoint;
        SubscriptionId = subscriptionId;
        Clock = new SessionClock(connection.Time);
        Sandbox = connection.Sandbox;
        Share = connection.Share;
        _connection = connection;
        _credential = credential;
        Seed = connection.Seed;
        Transport = connection.Transport;
        ArmClientOptions options = ArmPipelineFactory.Options(connection, this);
        Pipeline = ArmPipelineFactory.Pipeline(options, connection.Environment, credential);

        // The SDK's client costs its assemblies; reading needs only the pipeline.
        _client = new Lazy<ArmClient>(() => new ArmClient(credential, subscriptionId, options));
    }

    public Uri Endpoint { get; }

    public string SubscriptionId { get; }

    /// <summary>Where it is signed in; null where nothing tells.</summary>
    public string? TenantId { get; init; }

    /// <summary>Further tenants in which its sign-in is known.</summary>
    public IReadOnlyList<string> AuxiliaryTenantId { get; init; } = [];

    public SessionClock Clock { get; }

    /// <summary>What carries requests, to blobs also.</summary>
    public HttpPipelineTransport Transport { get; }

    /// <summary>Decides the jitter of retries.</summary>
    public int Seed { get; }

    public HttpPipeline Pipeline { get; }

    public ArmClient Client => _client.Value;

    /// <summary>Null unless this is a sandbox session.</summary>
    public ArmSandbox? Sandbox { get; }

    /// <summary>The same with all sessions that use it.</summary>
    public SharedSandbox? Share { get; }

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
        Share?.Release();
    }

    /// <summary>The same sign-in in another of its tenants, for requests to a subscription there: Azure wants that tenant's token as the
    /// first one, and this one's beside it. It lives as long as this session.</summary>
    /// <param name="tenantId">One of <see cref="AuxiliaryTenantId"/>.</param>
    /// <param name="subscriptionId">The subscription there.</param>
    public EngineSession In(string tenantId, string subscriptionId) => _elsewhere.GetOrAdd(subscriptionId, _ =>
    {
        string[] others = [.. AuxiliaryTenantId.Where(other => !SameTenant(other, tenantId)), .. TenantId is null ? [] : new[] { TenantId }];
        SessionTransport connection = _connection with { AuxiliaryTokens = new AuxiliaryTokenPolicy(_credential, _connection.Environment.DefaultScope, others) };
        return new EngineSession(connection, new TenantCredential(_credential, tenantId), subscriptionId) { OwnsConnection = false, TenantId = tenantId, AuxiliaryTenantId = others };
    });

    /// <summary>Whom the sign-in is in this session's tenant, as the token says it; null where it does not.</summary>
    public async Task<string?> FindPrincipalAsync(CancellationToken cancellationToken) =>
        TokenClaims.ObjectIdOf((await _credential.GetTokenAsync(new TokenRequestContext([_connection.Environment.DefaultScope], tenantId: TenantId), cancellationToken).ConfigureAwait(false)).Token);

    /// <summary>What <see cref="In"/> has given for a subscription; null: it is of this session's tenant, or was not asked for.</summary>
    public EngineSession? Elsewhere(string subscriptionId) => _elsewhere.TryGetValue(subscriptionId, out EngineSession? session) ? session : null;

    /// <summary>Whether two ids are of one tenant.</summary>
    public static bool SameTenant(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
