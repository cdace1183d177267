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

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var key = RequestKey.Of(request.Method.Method, request.RequestUri!);
        lock (_lock)
        {
            RecordedExchange? answer = Answer(key);
            Requests.Add(new ReplayedRequest(key.Method, request.RequestUri!, body, answer));
            return answer is null ? NotThere(request.RequestUri!) : RecordedMessage.Of(answer);
        }
    }

    private RecordedExchange? Answer(RequestKey key)
    {
        if (key.Method is not ("GET" or "HEAD"))
            return Timeline.Change(key) ?? throw new InvalidOperationException($"{recording} has no (further) {key.Method} {key.Path}.");

        return Timeline.TryRead(key, out RecordedExchange? answer)
            ? answer
            : throw new InvalidOperationException($"{recording} does not tell what {key.Path}?{key.Query} shows at this time.");
    }

    private static HttpResponseMessage NotThere(Uri uri)
    {
        string name = uri.Segments[^1];
        return new HttpResponseMessage(HttpStatusCode.NotFound)
        {
            Content = new StringContent($$$"""{"error":{"code":"NotFound","message":"'{{{name}}}' was not found at this time of the recording."}}""", Encoding.UTF8, "application/json"),
        };
    }
}
