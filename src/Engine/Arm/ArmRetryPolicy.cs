using System.Net.Sockets;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Arm;

/// <summary>Tries again what may pass: throttling, 5xx and broken connections, with full jitter, obeying Retry-After.</summary>
/// <remarks>Instead of the SDK's own policy, which waits on the machine's clock. A request whose repetition would not be the same
/// again (starting a command in the guest) is repeated only where the answer proves that nothing was begun.</remarks>
internal sealed class ArmRetryPolicy(SessionClock clock, int seed) : HttpPipelinePolicy
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan s_longestBackoff = TimeSpan.FromSeconds(30);
    private readonly Random _jitter = new(seed);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The engine sends every request asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        for (int attempt = 1; ; attempt++)
        {
            Exception? failure = await TryAsync(message, pipeline).ConfigureAwait(false);
            bool again = attempt < MostAttempts && (failure is null ? MayPass(message) : IsRepeatable(message));
            if (!again)
            {
                if (failure is not null)
                    throw new ConnectionException(failure);
                return;
            }

            TimeSpan wait = failure is null ? WaitFor(message.Response, attempt) : Backoff(attempt);
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

    private static bool MayPass(HttpMessage message) => message.Response.Status switch
    {
        429 => true,
        408 or 500 or 502 or 503 or 504 => IsRepeatable(message),
        _ => false,
    };

    private static bool IsRepeatable(HttpMessage message)
    {
        if (message.Request.Method != RequestMethod.Post)
            return true;

        string path = message.Request.Uri.ToUri().AbsolutePath;
        return !path.EndsWith("/runCommand", StringComparison.OrdinalIgnoreCase);
    }

    private TimeSpan WaitFor(Response response, int attempt) => ArmErrorReader.RetryAfterOf(response) ?? Backoff(attempt);

    private TimeSpan Backoff(int attempt)
    {
        double most = Math.Min(s_longestBackoff.TotalSeconds, Math.Pow(2, attempt));
        lock (_jitter)
            return TimeSpan.FromSeconds(_jitter.NextDouble() * most);
    }
}
