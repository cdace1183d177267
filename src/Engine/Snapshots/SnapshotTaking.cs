using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>Takes one snapshot, or finds that it has been taken.</summary>
internal static class SnapshotTaking
{
    public static async Task TakeAsync(Operation operation, SnapshotPlan plan, RunOptions run)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        using var progress = new StepProgress(operation, plan.Id.Text, $"Taking snapshot {plan.Id.Name}");
        progress.Begin("Asking for it", 10);
        ArmAnswer? existing = await operation.Arm.FindAsync(plan.Id.Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
        if (existing is not null)
            RequireSame(existing.Body, plan);

        ArmAnswer begun = existing ?? await SnapshotWriter.BeginAsync(operation, plan.Id, plan.Content).ConfigureAwait(false);
        if (run.NoWait)
        {
            await StartedOperation.WriteAsync(operation, plan.Id, "New", begin, begun).ConfigureAwait(false);
            return;
        }

        progress.Begin("Copying", 30);
        await operation.Poller.WaitAsync(begun, plan.Id.Text, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
        await operation.WriteAsync(await ReadWholeAsync(operation, plan.Id).ConfigureAwait(false)).ConfigureAwait(false);
    }

    // Snapshots of the fastest disks are filled in the background, as copies between regions are.
    private static async Task<ImageSnapshot> ReadWholeAsync(Operation operation, ResourceId id)
    {
        ImageSnapshot taken = await SnapshotService.ReadAsync(operation, id.Text).ConfigureAwait(false);
        if (taken.CompletionPercent >= 100)
            return taken;

        await SnapshotCompletion.WaitAsync(operation, [id], null).ConfigureAwait(false);
        return await SnapshotService.ReadAsync(operation, id.Text).ConfigureAwait(false);
    }

    // The same disk under the same name is what the user wants already; anything else must not be mistaken for it.
    private static void RequireSame(JsonElement existing, SnapshotPlan plan)
    {
        JsonElement creation = existing.Find("properties", "creationData") ?? default;
        string? uniqueId = creation.Text("sourceUniqueId");
        bool isSame = Same(creation.Text("sourceResourceId"), plan.Content.SourceId)
            && (uniqueId is null || plan.SourceUniqueId is null || Same(uniqueId, plan.SourceUniqueId))
            && DiskFacts.Read(plan.Id, existing).IsUsable;
        if (!isSame)
        {
            throw new ImageCmdletsException(ErrorIds.ResourceAlreadyExists,
                $"The resource group '{plan.Id.ResourceGroupName}' has a snapshot '{plan.Id.Name}' already, and it is not of this disk.", plan.Id.Text);
        }
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
