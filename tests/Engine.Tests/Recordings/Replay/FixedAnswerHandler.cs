namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>A transport that gives one recorded answer to whatever is asked.</summary>
internal sealed class FixedAnswerHandler(RecordedExchange answer) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(RecordedMessage.Of(answer));
}
