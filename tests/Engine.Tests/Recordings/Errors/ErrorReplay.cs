using System.Net;
using Azure.Core;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>Lets the engine meet a recorded error as it would in a command: through its pipeline, retries and poller.</summary>
internal static class ErrorReplay
{
    private const string Subscription = "00000000-0000-0000-0000-000000000000";

    /// <summary>The resource behind a long-running operation: a poll does not name it.</summary>
    public const string Resource = $"/subscriptions/{Subscription}/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm";

    /// <summary>What the engine throws.</summary>
    public static async Task<ArmOperationException> RunAsync(RecordedExchange answer, CancellationToken cancellationToken)
    {
        using ReplaySession replay = ReplaySession.OfAnotherClient(new FixedAnswerHandler(answer), Subscription);
        var arm = new ArmGateway(replay.Engine, replay.Sink);
        if (answer.Status == (int)HttpStatusCode.OK)
            return await Assert.ThrowsAsync<ArmOperationException>(() => PollAsync(arm, replay, answer, cancellationToken));

        string version = System.Web.HttpUtility.ParseQueryString(answer.Uri.Query)["api-version"] ?? ArmApiVersions.Compute;
        var method = new RequestMethod(answer.Method);
        return await Assert.ThrowsAsync<ArmOperationException>(() => arm.SendAsync(method, answer.Uri.AbsolutePath, version, null, cancellationToken));
    }

    // The first answer is the recorded one too: a PUT whose operation has failed already when it is polled for the first time.
    private static async Task PollAsync(ArmGateway arm, ReplaySession replay, RecordedExchange answer, CancellationToken cancellationToken)
    {
        RecordedExchange accepted = answer with
        {
            Status = (int)HttpStatusCode.Accepted,
            Headers = [new RecordedHeader("Azure-AsyncOperation", answer.Uri.AbsoluteUri)],
            Body = string.Empty,
        };
        using ReplaySession start = ReplaySession.OfAnotherClient(new FixedAnswerHandler(accepted), Subscription);
        ArmAnswer started = await new ArmGateway(start.Engine, start.Sink).SendAsync(RequestMethod.Delete, Resource, ArmApiVersions.Compute, null, cancellationToken);
        await new ArmPoller(arm, replay.Engine.Clock).WaitAsync(started, Resource, null, cancellationToken);
    }
}
