using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>Takes one snapshot, or waits for the one that an unfinished run has begun.</summary>
internal static class SnapshotTaking
{
    /// <summary>Takes it, and counts it to its set. A failure is reported, or thrown where nothing else is taken.</summary>
    public static async Task TakeAsync(Operation operation, SnapshotMember member, RunOptions run, bool isOnly)
    {
        try
        {
            if (await TakeAsync(operation, member, run).ConfigureAwait(false) is { } taken)
                await member.Set.EndAsync(operation, taken).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (!isOnly)
        {
            await operation.ErrorAsync(exception).ConfigureAwait(false);
            await member.Set.EndAsync(operation, null).ConfigureAwait(false);
        }
    }

    private static async Task<JsonElement?> TakeAsync(Operation operation, SnapshotMember member, RunOptions run)
    {
        SnapshotPlan plan = member.Plan;
        DateTimeOffset begin = operation.Clock.UtcNow;
        using var progress = new StepProgress(operation, plan.Id.Text, $"Taking snapshot {plan.Id.Name}");
        progress.Begin("Asking for it", 10);
        ArmAnswer begun = member.Begun ?? await SnapshotWriter.BeginAsync(operation, plan.Id, plan.Content).ConfigureAwait(false);
        if (run.NoWait)
        {
            // Given once as finished, it is not given again.
            if (member.Begun is { } there && DiskFacts.Read(plan.Id, there.Body) is { ProvisioningState: "Succeeded", CompletionPercent: >= 100 })
                await SnapshotMark.RemoveAsync(operation, plan.Id).ConfigureAwait(false);
            await StartedOperation.WriteAsync(operation, plan.Id, "New", begin, begun).ConfigureAwait(false);
            return null;
        }

        progress.Begin("Copying", 30);
        await operation.Poller.WaitAsync(begun, plan.Id.Text, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
        return await ReadWholeAsync(operation, plan.Id).ConfigureAwait(false);
    }

    // Snapshots of the fastest disks are filled in the background, as copies between regions are.
    private static async Task<JsonElement> ReadWholeAsync(Operation operation, ResourceId id)
    {
        JsonElement taken = await SnapshotService.ReadAsync(operation, id.Text).ConfigureAwait(false);
        if (DiskFacts.Read(id, taken).CompletionPercent >= 100)
            return taken;

        await SnapshotCompletion.WaitAsync(operation, [id], null).ConfigureAwait(false);
        return await SnapshotService.ReadAsync(operation, id.Text).ConfigureAwait(false);
    }
}
