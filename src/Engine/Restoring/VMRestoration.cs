using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>Gives one machine its disks back as they were when snapshots of them were taken. It can be interrupted anywhere and run
/// again.</summary>
/// <remarks>Source: <c>Disks_CreateOrUpdate</c>, <c>VirtualMachines_Update</c> with another <c>osDisk.managedDisk.id</c>; a generalized
/// machine is made again, see <see cref="VMRebuilding"/>.</remarks>
internal sealed class VMRestoration(Operation operation, RestorePlan plan)
{
    private static readonly TimeSpan s_settle = TimeSpan.FromMinutes(10);
    private readonly RestoredDisks _disks = new(operation, plan);

    /// <exception cref="ImageCmdletsException">VMNotFound, OSTypeMismatch, HyperVGenerationMismatch, RegionMismatch,
    /// OperationNotSupported, InvalidArgument; nothing was changed by then.</exception>
    public async Task RunAsync()
    {
        using var progress = new StepProgress(operation, plan.VMId.Text, $"Restoring virtual machine {plan.VMId.Name}");
        progress.Begin("Reading what is there", 0);
        JsonElement? vm = await SettledAsync(progress).ConfigureAwait(false);
        await _disks.FindAsync(vm).ConfigureAwait(false);
        var rebuilding = new VMRebuilding(operation, plan, _disks);
        if (vm is null && _disks.Record is null)
            throw new ImageCmdletsException(ErrorIds.VMNotFound, $"There is no virtual machine '{plan.VMId.Name}' in the resource group '{plan.VMId.ResourceGroupName}'.", plan.VMId.Text);

        if (vm is { } machine)
        {
            RestoreRules.Require(plan, machine);
            WarnOfTimes();
            if (VMMapper.OSState(machine) == "Generalized")
                await rebuilding.RemoveAsync(machine, await PresentDisksAsync(machine).ConfigureAwait(false), progress).ConfigureAwait(false);
            else
                await SwapAsync(machine, progress).ConfigureAwait(false);
        }

        if (vm is null || VMMapper.OSState(vm.Value) == "Generalized")
            await rebuilding.MakeAsync(progress).ConfigureAwait(false);
        progress.Begin("Tidying up", 95);
        await rebuilding.FinishAsync().ConfigureAwait(false);
        await _disks.FinishAsync().ConfigureAwait(false);
        await operation.WriteAsync(await VMReader.DescribeAsync(operation, plan.VMId.Text).ConfigureAwait(false)).ConfigureAwait(false);
    }

    // A user may want it so, of disks that have nothing to do with each other; unlike a new machine it takes no whole set.
    private void WarnOfTimes()
    {
        if (plan.Members.Select(static member => SnapshotTags.SetId(member.Snapshot.Tag)).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1)
            operation.Warning($"The snapshots for '{plan.VMId.Name}' are of more than one set: its disks will be of different times.");
    }

    private async Task<JsonElement?> SettledAsync(StepProgress progress)
    {
        Watched<JsonElement?> watched = await Watch.UntilAsync(operation, () => VMReader.FindAsync(operation, plan.VMId.Text),
            static vm => vm?.Text("properties", "provisioningState") is null or "Succeeded" or "Failed" or "Canceled", s_settle, progress.Waiting).ConfigureAwait(false);
        return watched.Reached
            ? watched.Last
            : throw new ImageCmdletsException(ErrorIds.ResourceBusy,
                $"Another operation on '{plan.VMId.Name}' has not ended within {s_settle.TotalMinutes:0} minutes.", plan.VMId.Text);
    }

    // The disks at the places that are restored, by step.
    private async Task<IReadOnlyDictionary<string, DiskFacts>> PresentDisksAsync(JsonElement vm)
    {
        var present = new Dictionary<string, DiskFacts>(StringComparer.OrdinalIgnoreCase);
        foreach (RestoreMember member in plan.Members)
        {
            if (VMMapper.DiskAt(vm, member.Lun) is { } id)
                present[member.Step] = await DiskReader.ReadAsync(operation, id).ConfigureAwait(false);
        }

        return present;
    }

    private async Task SwapAsync(JsonElement vm, StepProgress progress)
    {
        bool isRunning = VMMapper.PowerState(vm) == "Running";
        if (!plan.Members.All(member => _disks.Has(member, VMMapper.DiskAt(vm, member.Lun))))
        {
            progress.Begin("Making the disks", 5);
            IReadOnlyDictionary<string, DiskFacts> present = await PresentDisksAsync(vm).ConfigureAwait(false);
            await _disks.MakeAsync(present, isRunning, record: null).ConfigureAwait(false);
            await ExchangeAsync(vm, progress).ConfigureAwait(false);
            foreach (DiskFacts old in present.Values)
                operation.Verbose($"The disk '{old.Id.Name}' that '{plan.VMId.Name}' had until now is kept; Remove-ImageDisk removes it.");
            isRunning = false;
        }

        if (_disks.IsToRestart && !isRunning)
        {
            progress.Begin("Starting it", 80);
            await PowerAsync(VMPowerAction.Start, progress).ConfigureAwait(false);
        }
    }

    private async Task ExchangeAsync(JsonElement vm, StepProgress progress)
    {
        try
        {
            if (VMMapper.PowerState(vm) != "Deallocated")
            {
                progress.Begin("Stopping it", 30);
                await PowerAsync(VMPowerAction.Deallocate, progress).ConfigureAwait(false);
            }

            progress.Begin("Exchanging the disks", 60);
            var body = new JsonObject { ["properties"] = new JsonObject { ["storageProfile"] = RestoredStorage.Exchanged(vm, plan, _disks) } };
            ArmAnswer accepted = await operation.Arm.SendAsync(RequestMethod.Patch, plan.VMId.Text, ArmApiVersions.Compute, body, operation.CancellationToken).ConfigureAwait(false);
            await operation.Poller.WaitAsync(accepted, plan.VMId.Text, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
        }
        catch (ImageCmdletsException) when (VMMapper.PowerState(vm) == "Running")
        {
            operation.Warning($"'{plan.VMId.Name}' keeps the disks that it had and is started again; the disks made for it stay. Run the same command again to go on.");
            await PowerAsync(VMPowerAction.Start, progress).ConfigureAwait(false);
            throw;
        }
    }

    private async Task PowerAsync(VMPowerAction action, StepProgress progress)
    {
        ArmAnswer accepted = await VMPower.BeginAsync(operation, plan.VMId.Text, action).ConfigureAwait(false);
        await operation.Poller.WaitAsync(accepted, plan.VMId.Text, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
    }
}
