using System.Net;
using System.Text;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>A transport that answers from a recording.</summary>
internal sealed class ReplayHandler(Recording recording) : HttpMessageHandler
{
    // Tags that the engine changes beside a resource: no recorded client did.
    private const string Tags = "/tags/default";
    private readonly Lock _lock = new();

    public ReplayTimeline Timeline { get; } = new(recording);

    /// <summary>Everything that was asked, in order.</summary>
    public List<ReplayedRequest> Requests { get; } = [];

    /// <summary>Changes every answer on its way: another casing, fewer headers.</summary>
    public Func<RecordedExchange, RecordedExchange> Change { get; set; } = exchange => exchange;

    /// <summary>Answers to questions that no recorded client asked, by the end of the path.</summary>
    public Dictionary<string, string> Supplied { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        // Nothing in a recorded group carries the engine's tags.
        [Tags] = "{}",
        ["/resources"] = """{"value":[]}""",
    };

    /// <summary>Shows the engine its own marks again; null: Azure's answers are served as they are.</summary>
    public TagEcho? Echo { get; init; }

    /// <summary>What the recording says nothing about: answered by <see cref="Supplied"/>, or with a 404 that nothing recorded explains.</summary>
    public List<string> Unrecorded { get; } = [];

    /// <summary>The requests that change something.</summary>
    public IEnumerable<ReplayedRequest> Writes => Requests.Where(request => request.Method != "GET");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var key = RequestKey.Of(request.Method.Method, request.RequestUri!);
        lock (_lock)
        {
            RecordedExchange? answer = key.Method is "GET" or "HEAD" || key.Path.EndsWith(Tags, StringComparison.OrdinalIgnoreCase)
                ? Timeline.Read(key)
                : Timeline.Change(key) ?? throw new InvalidOperationException($"{recording} has no (further) {key.Method} {key.Path}.");
            Requests.Add(new ReplayedRequest(key.Method, request.RequestUri!, body, answer));
            Echo?.Hear(key, body);
            return answer is not null ? RecordedMessage.Of(Change(Echo?.In(answer) ?? answer)) : Unanswered(key);
        }
    }

    private HttpResponseMessage Unanswered(RequestKey key)
    {
        string? body = Supplied.FirstOrDefault(supplied => key.Path.EndsWith(supplied.Key, StringComparison.OrdinalIgnoreCase)).Value;
        if (body is not null || !Timeline.IsAbsent(key))
            Unrecorded.Add($"{key.Method} {key.Path}");
        return body is not null
            ? Json(HttpStatusCode.OK, body)
            : Json(HttpStatusCode.NotFound, """{"error":{"code":"NotFound","message":"The entity was not found in this Azure location."}}""");
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
