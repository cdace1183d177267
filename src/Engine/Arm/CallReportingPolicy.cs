using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Arm;

/// <summary>Says each ARM call in one verbose line: method, path, status, milliseconds, request id.</summary>
/// <remarks>Only the path and the api-version are said: operation URLs carry signatures in their query.</remarks>
internal sealed class CallReportingPolicy(SessionClock clock) : HttpPipelinePolicy
{
    /// <summary>The message property that holds the <see cref="IOperationSink"/> of the command that calls.</summary>
    public const string SinkProperty = "ImageCmdlets.Sink";

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        DateTimeOffset begin = clock.UtcNow;
        ProcessNext(message, pipeline);
        Report(message, begin);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        DateTimeOffset begin = clock.UtcNow;
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Say(message, begin, $"no answer: {exception.GetType().Name}");
            throw;
        }

        Report(message, begin);
    }

    private void Report(HttpMessage message, DateTimeOffset begin)
    {
        Response response = message.Response;
        string requestId = response.Headers.TryGetValue("x-ms-request-id", out string? id) ? id : "-";
        Say(message, begin, response.Status.ToString(CultureInfo.InvariantCulture), requestId);
    }

    private void Say(HttpMessage message, DateTimeOffset begin, string outcome, string? requestId = null)
    {
        if (!message.TryGetProperty(SinkProperty, out object? value) || value is not IOperationSink sink)
            return;

        double milliseconds = (clock.UtcNow - begin).TotalMilliseconds;
        string line = $"{message.Request.Method} {message.Request.Uri.ToUri().AbsolutePath} {outcome} {milliseconds:0} ms";
        sink.Verbose(requestId is null ? line : $"{line} {requestId}");
    }
}
