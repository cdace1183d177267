namespace ImageCmdlets.Recordings.Tests;

/// <summary>Accepts every change and answers its poll with the recorded end of an operation.</summary>
internal sealed class FailingOperationHandler(RecordedExchange end) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(RecordedMessage.Of(request.Method == HttpMethod.Get ? end : Accepted()));

    private RecordedExchange Accepted() =>
        end with { Status = 202, Body = string.Empty, Headers = [new RecordedHeader("Azure-AsyncOperation", end.Uri.AbsoluteUri)] };
}
