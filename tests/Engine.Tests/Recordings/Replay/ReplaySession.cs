using Azure.Core.Pipeline;
using Azure.ResourceManager;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Sandbox;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>A real session of the engine over a transport of the test: its pipeline, retries, poller and SDK client, in virtual time.</summary>
/// <remarks>The only one: so whatever the engine asks of any test is held against the published specification.</remarks>
internal sealed class ReplaySession : IDisposable
{
    private readonly EngineSession _engine;

    /// <param name="handler">Answers what the engine asks.</param>
    /// <param name="subscriptionId">The subscription of the recording.</param>
    /// <param name="watch">Hears what the engine asks; null: the watch of the test run.</param>
    public ReplaySession(HttpMessageHandler handler, string subscriptionId, ExchangeWatch? watch = null)
        : this(subscriptionId, new WatchedHandler(handler, watch ?? SpecificationWatch.Current))
    {
    }

    private ReplaySession(string subscriptionId, HttpMessageHandler handler)
    {
        var transport = new HttpClientTransport(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan });
        var connection = new SessionTransport(ArmEnvironment.AzurePublicCloud, transport, new VirtualClock()) { Seed = 1 };
        _engine = new EngineSession(connection, new StaticTokenCredential("recorded"), subscriptionId);
        Session = new ImageSession(_engine)
        {
            SessionId = 1,
            SubscriptionId = subscriptionId,
            Account = "recorded",
            Method = AuthenticationMethod.AccessToken,
            Endpoint = connection.Environment.Endpoint,
        };
    }

    public ImageSession Session { get; }

    public EngineSession Engine => _engine;

    /// <summary>What the engine wrote, reported and said.</summary>
    public RecordingSink Sink { get; } = new();

    /// <summary>A session in the subscription of a recording, which is answered from it.</summary>
    public static ReplaySession Of(Recording recording, out ReplayHandler handler)
    {
        handler = new ReplayHandler(recording);
        return new ReplaySession(handler, SubscriptionOf(recording));
    }

    /// <summary>A session that sends what another client once sent: nothing of it is the engine's, so nobody judges it.</summary>
    public static ReplaySession OfAnotherClient(HttpMessageHandler handler, string subscriptionId) => new(subscriptionId, handler);

    public void Dispose() => _engine.Dispose();

    private static string SubscriptionOf(Recording recording) => recording.Exchanges
        .Select(exchange => exchange.Uri.Segments)
        .First(segments => segments.Length > 2 && segments[1] == "subscriptions/")[2].TrimEnd('/');
}
