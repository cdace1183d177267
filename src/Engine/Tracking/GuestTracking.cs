using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Cloning;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.ImageScripts;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Tracking;

/// <summary>Finds what is being done in guests of machines: by the run commands of this module, by the proof that is kept with a disk until
/// its machine is marked, and by snapshots that were taken before.</summary>
internal sealed class GuestTracking(Operation operation, ResourceSurvey survey)
{
    // Azure's own limit where none is said, and its way to the guest and back.
    private static readonly TimeSpan s_usualLimit = TimeSpan.FromMinutes(90);
    private static readonly TimeSpan s_transport = TimeSpan.FromMinutes(5);

    private readonly List<TrackedOperation> _found = [];
    private readonly HashSet<ResourceId> _machines = [];

    public async Task<IReadOnlyList<TrackedOperation>> FindAsync()
    {
        foreach (SeenResource command in survey.Of(ResourceTypes.RunCommand).Where(command => command.MadeBy is not null))
            await NoteAsync(command).ConfigureAwait(false);
        foreach (SeenResource disk in survey.Of(ResourceTypes.Disk).Where(disk => disk.Tag.ContainsKey(GuestProof.TagName)))
            await NoteProofAsync(disk).ConfigureAwait(false);
        foreach (IGrouping<string?, SeenResource> snapshots in survey.MadeBy(GeneralizeService.OperationName)
            .Where(snapshot => snapshot.IsUnfinished && snapshot.Step == ProtectiveSnapshots.StepName).GroupBy(snapshot => snapshot.SourceText, StringComparer.OrdinalIgnoreCase))
        {
            await NoteSnapshotsAsync([.. snapshots]).ConfigureAwait(false);
        }

        return _found;
    }

    /// <summary>The machine that a run command is on.</summary>
    public static ResourceId? MachineOf(SeenResource command)
    {
        int end = command.Id.Text.LastIndexOf("/runCommands/", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? null : ResourceId.TryParse(command.Id.Text.Substring(0, end));
    }

    /// <summary>A run command as it is now, and whether its script can still be running; null where it is gone.</summary>
    /// <remarks>One that a restart has cut off says for ever that it runs; but no script outlives its own time limit.</remarks>
    public static async Task<(GuestCommandView View, bool IsAtWork)?> ReadAsync(Operation operation, SeenResource command)
    {
        ArmAnswer? answer = await operation.Arm.FindAsync(command.Id.Text, ArmApiVersions.Compute, operation.CancellationToken, "$expand=instanceView").ConfigureAwait(false);
        if (answer is null)
            return null;

        var view = GuestCommandView.Read(answer.Body, command.MadeBy!);
        double limit = answer.Body.Real("properties", "timeoutInSeconds") ?? s_usualLimit.TotalSeconds;
        bool isOver = view.StartTime is { } start && operation.Clock.UtcNow - start > TimeSpan.FromSeconds(limit) + s_transport;
        return (view, !view.HasEnded && !isOver);
    }

    private async Task NoteAsync(SeenResource command)
    {
        if (await MachineAsync(MachineOf(command)).ConfigureAwait(false) is not { } machine || await ReadAsync(operation, command).ConfigureAwait(false) is not var (view, isRunning))
            return;

        bool isAtWork = machine.IsRunning && isRunning;
        bool isGeneralization = string.Equals(command.MadeBy, GeneralizeService.OperationName, StringComparison.OrdinalIgnoreCase);
        var found = new TrackedOperation(ResourceId.TryParse(machine.Id)!, command.MadeBy!, isGeneralization ? ImageOperationKind.Generalize : ImageOperationKind.Inspect)
        {
            State = isAtWork ? TrackedOperation.InProgress : TrackedOperation.Interrupted,
            SourceId = machine.Id,
            Location = command.Location,
            Start = view.StartTime ?? command.TimeCreated,
            Parts = [command],

            // Azure takes a run command off a running machine only.
            Temporaries = machine.IsRunning ? [command] : [],
            Command = CommandText.Of(command.MadeBy!, ("ResourceId", machine.Id)),
            Detail = $"The run command '{command.Id.Name}' is {view}.",
        };
        if (isGeneralization)
            NoteGeneralization(machine, found);
        else if (machine.IsRunning)
            _found.Add(isAtWork || IsGoneOnWith(command) ? found : found with { State = TrackedOperation.Succeeded, EndReason = $"The script of {command.MadeBy} has ended ({view})." });
    }

    // How a script of the user's ended is only known by its run command, and it is not to be run twice.
    private static bool IsGoneOnWith(SeenResource command) => string.Equals(command.MadeBy, ImageScriptService.OperationName, StringComparison.OrdinalIgnoreCase);

    private void NoteGeneralization(Machine machine, TrackedOperation found)
    {
        // With the mark it has come to its end, and the run command goes with the machine.
        if (machine.IsGeneralized)
            return;

        _machines.Add(found.Id);
        _found.Add(found with
        {
            StopRefusal = found.State == TrackedOperation.InProgress
                ? $"sysprep or waagent is at work in the guest of '{machine.Name}': broken off, it would leave the machine half generalized."
                : machine.IsRunning ? null : $"'{machine.Name}' has shut itself down, and Azure takes nothing off a machine that does not run.",
        });
    }

    private async Task NoteProofAsync(SeenResource disk)
    {
        if (await MachineAsync(ResourceId.TryParse(disk.ManagedBy)).ConfigureAwait(false) is not { IsGeneralized: false } machine
            || ResourceId.TryParse(machine.Id) is not { } id || _machines.Contains(id) || await new GuestProof(operation, machine).FindAsync().ConfigureAwait(false) is not { } time)
        {
            return;
        }

        _machines.Add(id);
        _found.Add(new TrackedOperation(id, GeneralizeService.OperationName, ImageOperationKind.Generalize)
        {
            State = machine.IsSettled ? TrackedOperation.Interrupted : TrackedOperation.InProgress,
            SourceId = machine.Id,
            Location = machine.VM.Location,
            Start = time,
            Command = CommandText.Of(GeneralizeService.OperationName, ("ResourceId", machine.Id)),
            Detail = "The guest is generalized; the machine has to be deallocated and marked.",
            StopRefusal = $"The guest of '{machine.Name}' is generalized already: nothing undoes that.",
        });
    }

    // The way back is the user's: nothing ever takes it for a temporary.
    private async Task NoteSnapshotsAsync(SeenResource[] snapshots)
    {
        int index = _found.FindIndex(other => other.Kind == ImageOperationKind.Generalize && Same(other.SourceId, snapshots[0].SourceText));
        if (index >= 0)
        {
            _found[index] = _found[index] with { Parts = [.. _found[index].Parts, .. snapshots] };
            return;
        }

        if (await MachineAsync(snapshots[0].Source).ConfigureAwait(false) is not { IsGeneralized: false } machine)
            return;

        _found.Add(new TrackedOperation(ResourceId.TryParse(machine.Id)!, GeneralizeService.OperationName, ImageOperationKind.Generalize)
        {
            State = Array.Exists(snapshots, snapshot => snapshot.IsUnderWay) ? TrackedOperation.InProgress : TrackedOperation.Interrupted,
            SourceId = machine.Id,
            Location = machine.VM.Location,
            Start = TrackedOperation.StartOf(snapshots),
            Parts = snapshots,
            Command = CommandText.Of(GeneralizeService.OperationName, ("ResourceId", machine.Id), ("Snapshot", null)),
            Detail = "Snapshots were taken, and the guest was not begun with.",
            StopRefusal = "There are only snapshots of it, which are the way back: Remove-ImageSnapshot removes them where they are not wanted.",
        });
    }

    // Clones have a kind of their own.
    private async Task<Machine?> MachineAsync(ResourceId? id)
    {
        if (id is null || !id.Is(ResourceTypes.VirtualMachine) || await VMReader.FindAsync(operation, id.Text).ConfigureAwait(false) is not { } item)
            return null;

        var machine = new Machine(item);
        return MachineClone.SourceOf(machine.VM.Tag) is null ? machine : null;
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
