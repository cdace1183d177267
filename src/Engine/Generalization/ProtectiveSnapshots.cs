using System.Globalization;
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
    /// <param name="state">What the guest says of itself: asked only where new ones would be taken.</param>
    /// <returns>The state of the step, and what was seen.</returns>
    public async Task<(string State, string? Detail)> TakeAsync(Machine machine, bool hasBegun, Func<Task<GuestStateName>> state)
    {
        DiskFacts? osDisk = ResourceId.TryParse(machine.OSDiskId) is { } id ? await DiskReader.FindAsync(operation, id).ConfigureAwait(false) : null;
        await _snapshots.FindAsync(osDisk).ConfigureAwait(false);
        if (hasBegun)
            return await FindEarlierAsync(machine, osDisk, null).ConfigureAwait(false);

        bool isFresh = _snapshots.AreYoungerThan(s_fresh);
        // A set that is whole already holds the disks as they were; one that would be gone on with holds them as they are.
        bool isWhole = isFresh && _snapshots.All.Count > machine.VM.DataDisk.Count;
        if (!isWhole && Trouble(await state().ConfigureAwait(false)) is { } trouble)
            return await FindEarlierAsync(machine, osDisk, trouble).ConfigureAwait(false);

        if (_snapshots.All.Count > 0 && !isFresh)
        {
            operation.Warning($"An earlier run took snapshots of '{machine.Name}' and went no further; they are kept as {_snapshots.BaseName}-*, and new ones are taken.");
            await _snapshots.ReleaseAsync().ConfigureAwait(false);
            await _snapshots.FindAsync(osDisk).ConfigureAwait(false);
        }

        await _snapshots.TakeAsync(null).ConfigureAwait(false);
        return (GeneralizeTimeline.Succeeded, $"{_snapshots.All.Count} taken, {_snapshots.BaseName}-*. Restore-ImageSnapshot -ToVM brings the machine back.");
    }

    /// <summary>They are the user's now: the generalization has succeeded, or has failed with nothing changed.</summary>
    public Task KeepAsync() => _snapshots.ReleaseAsync();

    private static string? Trouble(GuestStateName state) => state switch
    {
        GuestStateName.HalfGeneralized => "is half generalized",
        GuestStateName.Generalizing => "is being generalized",
        GuestStateName.Generalized or GuestStateName.Deprovisioned => "is generalized in the guest",
        _ => null,
    };

    // Null trouble: a run that goes on, whose own snapshots need no warning.
    private async Task<(string State, string? Detail)> FindEarlierAsync(Machine machine, DiskFacts? osDisk, string? trouble)
    {
        if (_snapshots.All.Count == 0 && osDisk is not null)
            await _snapshots.FindEndedAsync(osDisk).ConfigureAwait(false);

        if (_snapshots.All.Count > 0)
        {
            string taken = Time(_snapshots.All[0]);
            if (trouble is not null)
                operation.Warning($"'{machine.Name}' {trouble} already: no snapshots are taken of that. The way back are those of an earlier run, {_snapshots.BaseName}-* of {taken}.");
            return (GeneralizeTimeline.Succeeded, $"An earlier run took them: {_snapshots.BaseName}-* of {taken}.");
        }

        string other = osDisk is null ? string.Empty : await OtherAsync(osDisk).ConfigureAwait(false);
        operation.Warning(trouble is null
            ? $"The guest of '{machine.Name}' was changed before -Snapshot was given: snapshots taken now would not bring it back, and none are.{other}"
            : $"'{machine.Name}' {trouble} already: snapshots taken now would not bring it back, and none are.{other}");
        return (GeneralizeTimeline.Skipped, "Too late: the guest was changed before.");
    }

    // Those that New-ImageSnapshot took. Whether that was before the change, nothing says.
    private async Task<string> OtherAsync(DiskFacts osDisk)
    {
        string group = ResourceId.OfGroup(vm.SubscriptionId, vm.ResourceGroupName!).Text;
        string owner = OperationTags.Value(vm.Text);
        IReadOnlyList<DiskFacts> found = await DiskReader.ListAsync(operation, group, ResourceTypes.Snapshot, tags =>
            SnapshotTags.Lun(tags) is null && string.Equals(SnapshotTags.VMId(tags), owner, StringComparison.OrdinalIgnoreCase)).ConfigureAwait(false);
        DiskFacts? last = found.Where(snapshot => snapshot.SourceUniqueId is not null && snapshot.SourceUniqueId == osDisk.UniqueId)
            .OrderBy(snapshot => snapshot.TimeCreated).LastOrDefault();
        return last is null ? string.Empty : $" Its last snapshots are '{last.Id.Name}' and what was taken with it, of {Time(last)}: they bring it back if that was before the change.";
    }

    private static string Time(DiskFacts snapshot) => snapshot.TimeCreated?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) ?? "an unknown time";
}
