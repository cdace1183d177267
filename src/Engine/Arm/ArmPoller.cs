using System.Text.Json;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Engine.Arm;

/// <summary>Waits for long-running operations, as Azure Resource Manager announces them.</summary>
/// <remarks>The engine polls itself, because the SDK waits on the machine's clock. Between polls it waits as
/// <see cref="ArmWait.BetweenLooks"/> says. A failed poll is not a failed operation.</remarks>
internal sealed class ArmPoller(ArmGateway gateway, SessionClock clock)
{
    private const int MostFailedPolls = 8;

    /// <summary>Waits until the operation that an answer began has ended.</summary>
    /// <param name="started">The answer to PUT, PATCH, POST or DELETE.</param>
    /// <param name="resourceId">The resource it is about.</param>
    /// <param name="onPoll">Told the time waited so far before each poll; null: nobody.</param>
    /// <param name="cancellationToken">Stops the waiting, not the operation.</param>
    /// <param name="shortest">What is known never to end sooner is not looked at before: of a hundred at once the looks alone would be too many for Azure.</param>
    /// <returns>The operation's own result where it has one, else the last body.</returns>
    /// <exception cref="ArmOperationException">The operation ended as Failed or Canceled.</exception>
    public async Task<JsonElement> WaitAsync(ArmAnswer started, string resourceId, Action<TimeSpan>? onPoll, CancellationToken cancellationToken, TimeSpan shortest = default)
    {
        if (started.Header("Azure-AsyncOperation") is { Length: > 0 } operation)
            return await PollOperationAsync(started, operation, resourceId, onPoll, shortest, cancellationToken).ConfigureAwait(false);

        if (started.Status == 202 && started.Header("Location") is { Length: > 0 } location)
            return await PollLocationAsync(started, location, resourceId, onPoll, shortest, cancellationToken).ConfigureAwait(false);

        if (started.Body.Text("properties", "provisioningState") is { } state && !ArmStates.IsEnd(state))
            return await PollResourceAsync(started, resourceId, onPoll, cancellationToken).ConfigureAwait(false);

        return started.Body;
    }

    /// <summary>Whether a failed look says nothing about the thing looked at, so that looking again is right.</summary>
    public static bool MayPass(ImageCmdletsException exception) =>
        exception.ErrorId is ErrorIds.ServiceUnavailable or ErrorIds.ConnectionFailed or ErrorIds.Throttled
            or ErrorIds.ResourceBusy or ErrorIds.InvalidResponse;

    private Task<JsonElement> PollOperationAsync(ArmAnswer started, string address, string resourceId, Action<TimeSpan>? onPoll, TimeSpan shortest, CancellationToken cancellationToken) =>
        PollAsync(started, address, resourceId, onPoll, answer =>
        {
            string? status = answer.Body.Text("status");
            if (status is null)
                throw new ImageCmdletsException(ErrorIds.InvalidResponse, "Azure's answer about the operation has no status.", resourceId);

            if (!ArmStates.IsEnd(status))
                return null;

            if (!ArmStates.IsSuccess(status))
                throw ArmErrorReader.ReadFailedOperation(answer, resourceId);

            return answer.Body.Find("properties", "output") ?? started.Body;
        }, cancellationToken, shortest: shortest);

    private Task<JsonElement> PollLocationAsync(ArmAnswer started, string address, string resourceId, Action<TimeSpan>? onPoll, TimeSpan shortest, CancellationToken cancellationToken) =>
        PollAsync(started, address, resourceId, onPoll, answer => answer.Status == 202 ? null : answer.Body, cancellationToken, shortest: shortest);

    private async Task<JsonElement> PollResourceAsync(ArmAnswer started, string resourceId, Action<TimeSpan>? onPoll, CancellationToken cancellationToken)
    {
        string version = ArmApiVersions.For(ResourceId.TryParse(resourceId)?.ResourceType ?? string.Empty);
        string root = gateway.Session.Endpoint.GetLeftPart(UriPartial.Authority);
        try
        {
            return await PollAsync(started, $"{root}{resourceId}?api-version={version}", resourceId, onPoll, ReadResource, cancellationToken, isResource: true)
                .ConfigureAwait(false);
        }
        catch (ArmOperationException exception) when (exception.Status == 404 && started.IsDeletion)
        {
            return default;
        }

        JsonElement? ReadResource(ArmAnswer answer)
        {
            string? state = answer.Body.Text("properties", "provisioningState");
            if (state is null ? started.IsDeletion : !ArmStates.IsEnd(state))
                return null;

            return state is null || ArmStates.IsSuccess(state)
                ? answer.Body
                : throw ArmErrorReader.ReadFailedOperation(answer, resourceId);
        }
    }

    private async Task<JsonElement> PollAsync(ArmAnswer started, string address, string resourceId, Action<TimeSpan>? onPoll,
        Func<ArmAnswer, JsonElement?> read, CancellationToken cancellationToken, bool isResource = false, TimeSpan shortest = default)
    {
        DateTimeOffset begin = clock.UtcNow;
        ArmAnswer latest = started;
        int failedPolls = 0;
        while (true)
        {
            TimeSpan elapsed = clock.UtcNow - begin, pause = ArmWait.BetweenLooks(latest.Response, elapsed);
            await clock.DelayAsync(elapsed + pause < shortest ? shortest - elapsed : pause, cancellationToken).ConfigureAwait(false);
            onPoll?.Invoke(clock.UtcNow - begin);
            try
            {
                latest = await gateway.FollowAsync(address, resourceId, cancellationToken).ConfigureAwait(false);
                failedPolls = 0;
            }
            catch (ImageCmdletsException exception) when (MayPass(exception) && ++failedPolls < MostFailedPolls)
            {
                continue;
            }
            catch (ArmOperationException exception) when (exception.Status is 403 or 404 or 410 && !isResource)
            {
                // The operation is forgotten, or not for our eyes: what it did is seen on the resource.
                return await PollResourceAsync(started, resourceId, onPoll, cancellationToken).ConfigureAwait(false);
            }

            if (read(latest) is { } result)
                return result;
        }
    }

}
