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
        : this(subscriptionId, new WatchedHandler(handler, watch ?? SpecificationWatch.Current), new VirtualClock())
    {
    }

    private ReplaySession(string subscriptionId, HttpMessageHandler handler, VirtualClock clock)
    {
        var transport = new HttpClientTransport(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan });
        var connection = new SessionTransport(ArmEnvironment.AzurePublicCloud, transport, clock) { Seed = 1 };
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
    /// <param name="recording">The recording.</param>
    /// <param name="handler">Answers.</param>
    /// <param name="echo">Shows the engine its own marks again; null: Azure's answers are served as they are.</param>
    /// <param name="start">The time at which it begins; null: that of every virtual clock.</param>
    public static ReplaySession Of(Recording recording, out ReplayHandler handler, TagEcho? echo = null, DateTimeOffset? start = null)
    {
        handler = new ReplayHandler(recording) { Echo = echo };
        return new ReplaySession(SubscriptionOf(recording), new WatchedHandler(handler, SpecificationWatch.Current), start is { } time ? new VirtualClock(time) : new VirtualClock());
    }

    /// <summary>A session that sends what another client once sent: nothing of it is the engine's, so nobody judges it.</summary>
    public static ReplaySession OfAnotherClient(HttpMessageHandler handler, string subscriptionId) => new(subscriptionId, handler, new VirtualClock());

    public void Dispose() => _engine.Dispose();

    private static string SubscriptionOf(Recording recording) => recording.Exchanges
        .Select(exchange => exchange.Uri.Segments)
        .First(segments => segments.Length > 2 && segments[1] == "subscriptions/")[2].TrimEnd('/');
}
