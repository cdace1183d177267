using System.Net.Sockets;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Arm;

/// <summary>Tries again what may pass: throttling of every request; 5xx and broken connections of reads. With full jitter, obeying
/// Retry-After up to Azure's longest window.</summary>
/// <remarks>Instead of the SDK's own policy, which waits on the machine's clock. A write whose answer was lost may have been carried
/// out: <see cref="ArmWriteRepetition"/> looks before it asks again.</remarks>
internal sealed class ArmRetryPolicy(SessionClock clock, int seed) : HttpPipelinePolicy
{
    private const int MostAttempts = 5;

    // Who is throttled is rarely alone: others take what comes back while it waits.
    private const int MostThrottledAttempts = 20;
    private static readonly TimeSpan s_longestBackoff = TimeSpan.FromSeconds(30);
    private readonly Random _jitter = new(seed);
    private readonly ThrottleGates _gates = new(clock, seed);

    /// <summary>Whether every write is the same when repeated, as the pages of a blob are.</summary>
    public bool RepeatsWrites { get; init; }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The engine sends every request asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        for (int attempt = 1; ; attempt++)
        {
            await _gates.PassAsync(message.Request, message.CancellationToken).ConfigureAwait(false);
            Exception? failure = await TryAsync(message, pipeline).ConfigureAwait(false);
            if (failure is null)
                _gates.Learn(message.Request, message.Response);
            bool isThrottled = failure is null && message.Response.Status == 429;
            bool again = attempt < (isThrottled ? MostThrottledAttempts : MostAttempts) && (failure is null ? MayPass(message) : IsRepeatable(message) && !ArmFailure.IsUntrusted(failure));
            TimeSpan wait = (failure is null ? ArmWait.Asked(message.Response) : null) ?? Backoff(attempt);
            if (!again || wait > ArmWait.Longest)
            {
                if (failure is not null)
                    throw new ConnectionException(failure);
                return;
            }

            if (isThrottled)
                _gates.Close(message.Request, message.Response, wait);
            if (wait > ArmWait.Notable)
                Sink(message)?.Warning($"Azure asks to wait {wait.TotalSeconds:0} s before it answers {message.Request.Method} {message.Request.Uri.ToUri().AbsolutePath}.");
            await clock.DelayAsync(wait, message.CancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<Exception?> TryAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (IsConnectionFailure(exception, message.CancellationToken))
        {
            return exception;
        }
    }

    // HttpClient reports its own timeouts as cancellation; only a cancellation that we asked for is one.
    private static bool IsConnectionFailure(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        RequestFailedException { Status: 0 } => true,
        AggregateException aggregate => aggregate.InnerExceptions.All(inner => IsConnectionFailure(inner, cancellationToken)),
        HttpRequestException or IOException or SocketException => true,
        _ => false,
    };

    private bool MayPass(HttpMessage message) => message.Response.Status switch
    {
        429 => true,
        408 or 500 or 502 or 503 or 504 => IsRepeatable(message),
        _ => false,
    };

    private bool IsRepeatable(HttpMessage message) => RepeatsWrites || message.Request.Method == RequestMethod.Get || message.Request.Method == RequestMethod.Head;

    private static IOperationSink? Sink(HttpMessage message) =>
        message.TryGetProperty(CallReportingPolicy.SinkProperty, out object? value) ? value as IOperationSink : null;

    private TimeSpan Backoff(int attempt)
    {
        double most = Math.Min(s_longestBackoff.TotalSeconds, Math.Pow(2, attempt));
        lock (_jitter)
            return TimeSpan.FromSeconds(_jitter.NextDouble() * most);
    }
}
