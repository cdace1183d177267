using System.Net;
using System.Text;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>A transport that answers from a recording.</summary>
internal sealed class ReplayHandler(Recording recording) : HttpMessageHandler
{
    private readonly Lock _lock = new();

    public ReplayTimeline Timeline { get; } = new(recording);

    /// <summary>Everything that was asked, in order.</summary>
    public List<ReplayedRequest> Requests { get; } = [];

    /// <summary>Changes every answer on its way: another casing, fewer headers.</summary>
    public Func<RecordedExchange, RecordedExchange> Change { get; set; } = exchange => exchange;

    /// <summary>The requests that change something.</summary>
    public IEnumerable<ReplayedRequest> Writes => Requests.Where(request => request.Method != "GET");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var key = RequestKey.Of(request.Method.Method, request.RequestUri!);
        lock (_lock)
        {
            RecordedExchange? answer = key.Method is "GET" or "HEAD"
                ? Timeline.Read(key)
                : Timeline.Change(key) ?? throw new InvalidOperationException($"{recording} has no (further) {key.Method} {key.Path}.");
            Requests.Add(new ReplayedRequest(key.Method, request.RequestUri!, body, answer));
            return answer is not null ? RecordedMessage.Of(Change(answer)) : key.Path.EndsWith("/resources", StringComparison.Ordinal) ? NothingInGroup() : NotThere();
        }
    }

    // The recorded clients never asked what else is in a group; nothing there carries the engine's tags.
    private static HttpResponseMessage NothingInGroup() => Json(HttpStatusCode.OK, """{"value":[]}""");

    private static HttpResponseMessage NotThere() =>
        Json(HttpStatusCode.NotFound, """{"error":{"code":"NotFound","message":"The entity was not found in this Azure location."}}""");

    private static HttpResponseMessage Json(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
