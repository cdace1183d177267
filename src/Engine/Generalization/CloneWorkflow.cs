using System.Text.Json;
using ImageCmdlets.Engine.Cloning;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>Generalizes a clone of a machine: the machine itself is only read, and snapshots are taken of its disks. The clone stays
/// for the image; where the generalization fails, everything that was made goes.</summary>
internal sealed class CloneWorkflow(Operation operation, GeneralizeOptions options)
{
    private readonly ResourceId _source = VMReader.Resources.RequireId(options.Id);
    private readonly List<GeneralizeStep> _steps = [];

    /// <exception cref="ImageCmdletsException">VMNotFound, VMIsGeneralized, OperationNotSupported; what Azure refused, such as
    /// QuotaExceeded; what <see cref="GeneralizeWorkflow"/> throws.</exception>
    public async Task RunAsync()
    {
        JsonElement source = (await VMReader.GetAsync(operation, _source.Text).ConfigureAwait(false)).Body;
        RequireClonable(VMMapper.Map(source));
        GuestUsers.Require(options, new Machine(source));
        MachineClone clone = await FindAsync().ConfigureAwait(false);
        GeneralizeWorkflow? generalization = null;
        try
        {
            await MakeAsync(clone, source).ConfigureAwait(false);
            generalization = new GeneralizeWorkflow(operation, options with { Id = clone.Id!.Text, PreserveSource = false }, noWait: false) { Source = _source, Before = _steps };
            await generalization.RunAsync().ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception) when (clone.Id is not null && generalization?.IsElsewhere != true)
        {
            operation.Verbose($"The clone '{clone.Id.Name}' is removed; '{_source.Name}' is as it was.");
            await new CloneRemoval(operation, _source, clone.Id.Name).RunAsync().ConfigureAwait(false);
            throw OfSource(exception, clone.Id.Name);
        }
    }

    // The clone is gone, and its name with it: the user knows the machine only. What Azure said stays within.
    private ImageCmdletsException OfSource(ImageCmdletsException exception, string clone)
    {
        string what = exception.Message.Replace($"'{clone}'", $"the clone of '{_source.Name}'");
        string lead = what.StartsWith("A clone of ", StringComparison.Ordinal) ? what : $"A clone of '{_source.Name}' could not be generalized: {what}";
        string end = lead.EndsWith(".", StringComparison.Ordinal) ? string.Empty : ".";
        return new ImageCmdletsException(exception.ErrorId, $"{lead}{end} The clone was removed, and '{_source.Name}' is as it was.", _source.Text,
            exception.RecommendedAction.Replace(clone, _source.Name), exception);
    }

    private static void RequireClonable(ImageVM vm)
    {
        if (vm.OSState == "Generalized")
        {
            throw new ImageCmdletsException(ErrorIds.VMIsGeneralized, $"'{vm.Name}' is generalized already; there is nothing to preserve.", vm.Id,
                "Run Invoke-Generalize without -PreserveSource, or make the image with New-CustomImage.");
        }

        if (vm.OSDisk is null || new[] { vm.OSDisk }.Concat(vm.DataDisk).Any(disk => ResourceId.TryParse(disk.SourceId) is null))
            throw new ImageCmdletsException(ErrorIds.OperationNotSupported, $"'{vm.Name}' has disks that are VHD blobs: no snapshots can be taken of them.", vm.Id);
    }

    private async Task<MachineClone> FindAsync()
    {
        var clone = new MachineClone(operation, _source);
        await clone.FindAsync().ConfigureAwait(false);
        if (clone.Id is null)
            return clone;

        string? flaw = !clone.IsFresh ? $"is too old to stand for '{_source.Name}'" : await IsSpoiledAsync(clone.Id).ConfigureAwait(false) ? "could not be generalized" : null;
        if (flaw is null)
            return clone;

        operation.Warning($"The clone '{clone.Id.Name}' of an interrupted run {flaw}; it is removed, and another one made.");
        await new CloneRemoval(operation, _source, clone.Id.Name).RunAsync().ConfigureAwait(false);
        return new MachineClone(operation, _source);
    }

    // A run that was killed between its failure and the removal of its clone leaves one that fails for another reason than the machine would.
    private async Task<bool> IsSpoiledAsync(ResourceId clone)
    {
        if (await VMReader.FindAsync(operation, clone.Text).ConfigureAwait(false) is not { } found)
            return false;

        var machine = new Machine(found);
        using var timeline = new GeneralizeTimeline(operation, clone);
        if (!machine.IsReady || machine.IsGeneralized || await new GuestStep(operation, new MachineReader(operation, clone.Text), timeline, noWait: false).IsUnderWayAsync(machine).ConfigureAwait(false))
            return false;

        GeneralizeState state = await new StateInspection(operation, new GetGeneralizeStateOptions { Id = clone.Text }).RunAsync().ConfigureAwait(false);
        return state.GuestState == GuestStateName.HalfGeneralized;
    }

    private async Task MakeAsync(MachineClone clone, JsonElement source)
    {
        DateTimeOffset begin = operation.Clock.UtcNow;
        using var progress = new StepProgress(operation, _source.Text, $"Cloning {_source.Name}");
        await clone.MakeAsync(source, progress.Begin).ConfigureAwait(false);
        _steps.Add(new GeneralizeStep("Clone", GeneralizeTimeline.Succeeded, operation.Clock.UtcNow - begin, $"'{clone.Id!.Name}', made of snapshots of '{_source.Name}'."));
    }
}
