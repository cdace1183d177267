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
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        Report(message, begin);
    }

    private void Report(HttpMessage message, DateTimeOffset begin)
    {
        if (!message.TryGetProperty(SinkProperty, out object? value) || value is not IOperationSink sink)
            return;

        Response response = message.Response;
        double milliseconds = (clock.UtcNow - begin).TotalMilliseconds;
        string requestId = response.Headers.TryGetValue("x-ms-request-id", out string? id) ? id : "-";
        sink.Verbose($"{message.Request.Method} {message.Request.Uri.ToUri().AbsolutePath} {response.Status} {milliseconds:0} ms {requestId}");
    }
}
