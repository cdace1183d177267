using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Arm;

/// <summary>Asks again for a write whose answer was lost: after a look at the resource, when nothing is going on with it any more.</summary>
/// <remarks>PUT, PATCH, DELETE and the actions on machines are the same when repeated, but not while the first one still runs: Azure
/// would answer 409 and blame "another operation", which is our own.</remarks>
internal sealed class ArmWriteRepetition(ArmGateway gateway, SessionClock clock, IOperationSink sink)
{
    private const int MostAttempts = 5;

    /// <summary>Sends a write, again where nobody knows whether it was carried out.</summary>
    /// <param name="resourceId">The resource that it changes; null where there is none to look at.</param>
    /// <param name="isOnce">That it must not be carried out twice: a resource that is there after a lost answer is the answer.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<ArmAnswer> RunAsync(string? resourceId, bool isOnce, Func<Task<ArmAnswer>> send, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                ArmAnswer answer = await send().ConfigureAwait(false);
                return attempt == 1 ? answer : answer with { IsRepeated = true };
            }
            catch (ImageCmdletsException exception) when (attempt < MostAttempts && IsDoubtful(exception))
            {
                sink.Verbose($"Nobody knows whether Azure has done it: {exception.Message} It is looked at before it is asked for again.");
                await clock.DelayAsync(Wait(exception, attempt), cancellationToken).ConfigureAwait(false);
            }

            ArmAnswer? now = await SettleAsync(resourceId, cancellationToken).ConfigureAwait(false);
            if (isOnce && now is not null && now.Body.Text("properties", "provisioningState") is null or "Succeeded")
                return now with { IsRepeated = true };
        }
    }

    // Only what comes without a word of the service about this very request; a refusal says that nothing was done.
    private static bool IsDoubtful(ImageCmdletsException exception) => exception switch
    {
        ArmOperationException { Status: 408 or 500 or 502 or 503 or 504 } => true,
        ArmOperationException => false,
        { ErrorId: ErrorIds.InvalidResponse } => true,
        { ErrorId: ErrorIds.ConnectionFailed } => !ArmFailure.IsUntrusted(exception),
        _ => false,
    };

    private static TimeSpan Wait(ImageCmdletsException exception, int attempt)
    {
        TimeSpan asked = (exception as ArmOperationException)?.Details.RetryAfter ?? TimeSpan.Zero;
        var doubled = TimeSpan.FromSeconds(Math.Pow(2, attempt));
        return asked < doubled ? doubled : asked > ArmWait.Longest ? ArmWait.Longest : asked;
    }

    // The resource once nothing is going on with it any more; null when there is none.
    private async Task<ArmAnswer?> SettleAsync(string? resourceId, CancellationToken cancellationToken)
    {
        if (ResourceId.TryParse(resourceId) is not { ResourceType: { } type })
            return null;

        DateTimeOffset begin = clock.UtcNow;
        while (true)
        {
            ArmAnswer? now = await gateway.FindAsync(resourceId!, ArmApiVersions.For(type), cancellationToken).ConfigureAwait(false);
            if (now?.Body.Text("properties", "provisioningState") is not { } state || ArmStates.IsEnd(state))
                return now;

            await clock.DelayAsync(ArmWait.BetweenLooks(now.Response, clock.UtcNow - begin), cancellationToken).ConfigureAwait(false);
        }
    }
}
