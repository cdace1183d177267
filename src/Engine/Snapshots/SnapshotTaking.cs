using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>Takes one snapshot, or finds that it has been taken.</summary>
internal static class SnapshotTaking
{
    // Longer than a stopped command takes to be run again, shorter than any schedule of backups.
    private static readonly TimeSpan s_sameRun = TimeSpan.FromMinutes(15);

    public static async Task TakeAsync(Operation operation, SnapshotPlan plan, RunOptions run)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        using var progress = new StepProgress(operation, plan.Id.Text, $"Taking snapshot {plan.Id.Name}");
        progress.Begin("Asking for it", 10);
        ArmAnswer? existing = await operation.Arm.FindAsync(plan.Id.Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
        if (existing is not null)
            RequireSame(operation, existing.Body, plan);

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

    // A disk goes on changing, and Azure does not say when it last did. What a run that was stopped a moment ago has taken is
    // what its repetition wants; anything older is another snapshot, and giving it would leave the user without the one asked for.
    private static void RequireSame(Operation operation, JsonElement existing, SnapshotPlan plan)
    {
        DiskFacts found = DiskFacts.Read(plan.Id, existing);
        var present = new PresentDisk(operation, found);
        present.CompareSource(plan.Source);
        present.Differs(!found.IsUsable, $"its making ended as {found.ProvisioningState}");
        present.Differs(found.Incremental != plan.Content.Incremental, found.Incremental ? "it is incremental, not full" : "it is full, not incremental");
        present.Differs(found.SizeGB != plan.Source.SizeGB, $"it has {found.SizeGB} GiB, and the disk has {plan.Source.SizeGB}");
        present.Differs(plan.Content.Sku is { } sku && !Same(found.Sku, sku), $"it lies on {found.Sku}, not on {plan.Content.Sku}");
        present.Differs(present.IsFinished && present.IsOlderThan(s_sameRun), "the disk may have changed since");
        present.Give();
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
