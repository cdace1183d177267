using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Generalization;
using ImageCmdlets.Engine.Lineage;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Cloning;

/// <summary>A machine made of snapshots of another one's disks, to be generalized in its place. The other one goes on running and is
/// not touched.</summary>
/// <remarks>The snapshots are made first and removed last: a run that goes on finds by them what there is to be found.</remarks>
internal sealed class MachineClone
{
    /// <summary>The cmdlet, and what the machine is to it, as the tags say.</summary>
    public const string MadeBy = GeneralizeService.OperationName;
    public const string Step = "Clone";

    // A generalization takes up to an hour; a clone of another day would not be what the machine is now.
    private static readonly TimeSpan s_fresh = TimeSpan.FromHours(2);
    private static readonly TimeSpan s_removal = TimeSpan.FromMinutes(15);

    private readonly Operation _operation;
    private readonly ResourceId _source;
    private readonly WorkflowSnapshots _snapshots;
    private CloneNames? _names;

    public MachineClone(Operation operation, ResourceId source)
    {
        _operation = operation;
        _source = source;
        _snapshots = new WorkflowSnapshots(operation, source, MadeBy, Step);
    }

    /// <summary>The clone's id; null before it is known.</summary>
    public ResourceId? Id => _names?.VM;

    /// <summary>The machine that a machine is a clone of; null where it is no clone of this module's.</summary>
    public static ResourceId? SourceOf(IReadOnlyDictionary<string, string> tags) =>
        OperationTags.IsMadeBy(tags, MadeBy) && tags.TryGetValue(OperationTags.StepTag, out string? step) && step == Step
            && tags.TryGetValue(OperationTags.SourceTag, out string? source)
            ? ResourceId.TryParse(source) : null;

    /// <summary>Finds the clone that an earlier run has begun and nobody has removed; what is left of one that was removed goes.</summary>
    public async Task FindAsync()
    {
        await _snapshots.FindAsync(osDisk: null).ConfigureAwait(false);
        _names = _snapshots.BaseName is { } name ? new CloneNames(_source, name) : null;
        foreach (ResourceId remains in _snapshots.Remains)
            await CloneRemoval.TryRemoveAsync(_operation, _source, remains).ConfigureAwait(false);
    }

    /// <summary>Makes what is not there yet.</summary>
    /// <param name="source">The machine that is cloned, as Azure answered.</param>
    /// <param name="onStep">Told what is being made, and the percent of the way.</param>
    public async Task MakeAsync(JsonElement source, Action<string, int> onStep)
    {
        _names ??= new CloneNames(_source, CloneNames.VMNameOf(_source, _operation.Clock.UtcNow));
        if (await IsThereAsync().ConfigureAwait(false))
            return;

        onStep("Snapshots", 1);
        await _snapshots.TakeAsync(_names.VM.Name).ConfigureAwait(false);
        string location = source.Text("location")!;
        onStep("Disks and network", 2);
        Func<Operation, Task>[] parts =
        [
            branch => MakeNetworkAsync(branch, location),
            .. _snapshots.All.Select<DiskFacts, Func<Operation, Task>>(snapshot => branch => MakeDiskAsync(branch, source, snapshot)),
        ];
        await _operation.ForEachAsync(parts, (part, branch) => part(branch)).ConfigureAwait(false);
        onStep("Clone", 3);
        await ResourceWriter.PutAsync(_operation, _names.VM, CloneBodies.Machine(source, _names, Tags(source))).ConfigureAwait(false);
    }

    /// <summary>Whether it can still stand for its source: snapshots of another hour would not.</summary>
    public bool IsFresh => _snapshots.AreYoungerThan(s_fresh);

    // It may still be in the making, and may be generalized already: then nothing of it can be made again. What is being removed is
    // made again under its name, from the same snapshots.
    private async Task<bool> IsThereAsync()
    {
        Watched<JsonElement?> seen = await Watch.UntilAsync(_operation, () => VMReader.FindAsync(_operation, _names!.VM.Text),
            vm => vm?.Text("properties", "provisioningState") != "Deleting", s_removal, null).ConfigureAwait(false);
        if (seen.Last is not { } there)
            return false;

        if (there.Text("properties", "provisioningState") != "Succeeded")
            await _operation.Poller.WaitAsync(await VMReader.GetAsync(_operation, _names!.VM.Text).ConfigureAwait(false), _names.VM.Text, null, _operation.CancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task MakeNetworkAsync(Operation operation, string location)
    {
        CloneNames names = _names!;
        await ResourceWriter.PutAsync(operation, names.SecurityGroup, CloneBodies.SecurityGroup(location, Own())).ConfigureAwait(false);
        await ResourceWriter.PutAsync(operation, names.VirtualNetwork, CloneBodies.VirtualNetwork(location, names.SecurityGroup.Text, Own())).ConfigureAwait(false);
        await ResourceWriter.PutAsync(operation, names.NetworkInterface, CloneBodies.NetworkInterface(location, names.VirtualNetwork.Text, Own())).ConfigureAwait(false);
    }

    private async Task MakeDiskAsync(Operation operation, JsonElement source, DiskFacts snapshot)
    {
        int? lun = SnapshotTags.Lun(snapshot.Tag);
        ResourceId id = _names!.Disk(lun);
        ArmAnswer? there = await operation.Arm.FindAsync(id.Text, ArmApiVersions.Disks, operation.CancellationToken).ConfigureAwait(false);
        DiskFacts? original = VMMapper.DiskAt(source, lun) is { } present ? await DiskReader.FindAsync(operation, ResourceId.TryParse(present)!).ConfigureAwait(false) : null;
        ArmAnswer begun = there is not null && DiskFacts.Read(id, there.Body).IsUsable ? there : await DiskWriter.BeginAsync(operation, id, DiskContent.Like(original, snapshot, Own())).ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, id.Text, null, operation.CancellationToken).ConfigureAwait(false);
    }

    private Dictionary<string, string> Own() => OperationTags.For(MadeBy, Step, _source.Text);

    // An image of the clone carries the tags of the machine that it stands for.
    private Dictionary<string, string> Tags(JsonElement source)
    {
        Dictionary<string, string> tags = OperationTags.CarriedOver(source.Map("tags"), null);
        LineageTags.WriteMachine(tags, VMMapper.Map(source));
        foreach (KeyValuePair<string, string> tag in Own())
            tags[tag.Key] = tag.Value;
        return tags;
    }
}
