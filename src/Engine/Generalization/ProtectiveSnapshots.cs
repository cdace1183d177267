using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>The way back: snapshots of all disks, taken before anything is changed in the guest, and kept.</summary>
internal sealed class ProtectiveSnapshots(Operation operation, ResourceId vm)
{
    public const string StepName = "Snapshot";

    // Longer than it takes to run a stopped command again; what the machine has written since would be missing.
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(15);

    private readonly WorkflowSnapshots _snapshots = new(operation, vm, GeneralizeService.OperationName, StepName);

    /// <summary>The ids, the OS disk's first.</summary>
    public IReadOnlyList<string> Ids => [.. _snapshots.All.Select(snapshot => snapshot.Id.Text)];

    /// <summary>Takes them, or finds those that an earlier run of this generalization took.</summary>
    /// <param name="machine">The machine as it is.</param>
    /// <param name="hasBegun">Whether the guest is being changed already, or was: then it is too late for new ones.</param>
    /// <returns>The state of the step, and what was seen.</returns>
    public async Task<(string State, string? Detail)> TakeAsync(Machine machine, bool hasBegun)
    {
        DiskFacts? osDisk = ResourceId.TryParse(machine.OSDiskId) is { } id ? await DiskReader.FindAsync(operation, id).ConfigureAwait(false) : null;
        await _snapshots.FindAsync(osDisk).ConfigureAwait(false);
        if (hasBegun)
        {
            if (_snapshots.All.Count > 0)
                return (GeneralizeTimeline.Succeeded, "An earlier run took them.");

            operation.Warning($"The guest of '{machine.Name}' was changed before -Snapshot was given: snapshots taken now would not bring it back, and none are.");
            return (GeneralizeTimeline.Skipped, "Too late: the guest was changed before.");
        }

        if (_snapshots.All.Count > 0 && !_snapshots.AreYoungerThan(s_fresh))
        {
            operation.Warning($"An earlier run took snapshots of '{machine.Name}' and went no further; they are kept as {_snapshots.BaseName}-*, and new ones are taken.");
            await _snapshots.ReleaseAsync().ConfigureAwait(false);
            await _snapshots.FindAsync(osDisk).ConfigureAwait(false);
        }

        await _snapshots.TakeAsync(null).ConfigureAwait(false);
        return (GeneralizeTimeline.Succeeded, $"{_snapshots.All.Count} taken, {_snapshots.BaseName}-*. Restore-ImageSnapshot -ToVM brings the machine back.");
    }

    /// <summary>The generalization has come to its end, whichever: they are the user's now.</summary>
    public Task KeepAsync() => _snapshots.ReleaseAsync();
}
