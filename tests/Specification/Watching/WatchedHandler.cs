namespace ImageCmdlets.Tests.Specification;

/// <summary>Lets the watch hear what the engine asks where a test gives the answers: those are the test's, and not judged.</summary>
/// <param name="answers">Answers the requests.</param>
/// <param name="watch">Hears them; null: nobody.</param>
public sealed class WatchedHandler(HttpMessageHandler answers, ExchangeWatch? watch) : DelegatingHandler(answers)
{
    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var headers = request.Headers.ToDictionary(
            static header => header.Key, static header => string.Join(' ', header.Value), StringComparer.OrdinalIgnoreCase);
        HttpResponseMessage? answer = null;
        try
        {
            return answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            KeyValuePair<string, string>[] addresses = answer is null
                ? []
                : [.. answer.Headers.Select(static header => KeyValuePair.Create(header.Key, string.Join(' ', header.Value)))];
            watch?.Hear(new Exchange(request.Method.Method, request.RequestUri!, headers, body, Exchange.Unanswered, addresses, []));
        }
    }
}
