using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Naming;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>Makes a machine of the snapshots of one set. It can be interrupted anywhere and run again.</summary>
/// <remarks>Source: <c>Disks_CreateOrUpdate</c>, <c>NetworkInterfaces_CreateOrUpdate</c>, <c>VirtualMachines_CreateOrUpdate</c>.</remarks>
internal sealed class NewVMRestoration(Operation operation, NewVMPlan plan)
{
    private const int MostTries = 8;
    private const int Digits = 8;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(20);

    // The same for every run, so that two of them make one disk for each place.
    private readonly RestoredDisks _disks = new(operation, plan.Restore, StableHash.Of(Digits, [.. plan.Restore.Members.Select(member => member.Snapshot.UniqueId ?? member.Snapshot.Id.Text)]));

    public async Task RunAsync()
    {
        ResourceId id = plan.Machine.Id;
        using var progress = new StepProgress(operation, id.Text, $"Making virtual machine {id.Name} of snapshots");
        progress.Begin("Reading what is there", 0);
        await _disks.FindAsync(plan.Existing).ConfigureAwait(false);
        if (State(plan.Existing) is null or "Failed" or "Canceled")
            await MakeOrRemoveAsync(progress).ConfigureAwait(false);
        else
            await WaitAsync(plan.Existing!.Value, progress).ConfigureAwait(false);

        progress.Begin("Tidying up", 95);
        if (_disks.AreAll)
            await _disks.FinishAsync().ConfigureAwait(false);
        await operation.WriteAsync(await VMReader.DescribeAsync(operation, id.Text).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static string? State(JsonElement? vm) => vm?.Text("properties", "provisioningState");

    private async Task WaitAsync(JsonElement vm, StepProgress progress)
    {
        ResourceId id = plan.Machine.Id;
        if (State(vm) == "Succeeded" && !_disks.WereThere)
            operation.Warning($"The virtual machine '{id.Name}' was made of these snapshots by an earlier run of this command; nothing was changed.");
        progress.Begin("Waiting for the virtual machine", 60);
        ArmAnswer answer = await VMReader.GetAsync(operation, id.Text).ConfigureAwait(false);
        await operation.Poller.WaitAsync(answer, id.Text, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
    }

    private async Task MakeOrRemoveAsync(StepProgress progress)
    {
        bool isFirst = plan.Existing is null && !_disks.WereThere && await FindInterfaceAsync().ConfigureAwait(false) is null;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await MakeAsync(progress).ConfigureAwait(false);
                return;
            }
            catch (ImageCmdletsException exception)
            {
                if (await FindMadeAsync().ConfigureAwait(false) is { } vm)
                {
                    await WaitAsync(vm, progress).ConfigureAwait(false);
                    return;
                }

                if (attempt == MostTries || exception.ErrorId is not (ErrorIds.ConcurrentUpdate or ErrorIds.ResourceBusy))
                {
                    await GiveUpAsync(isFirst).ConfigureAwait(false);
                    throw;
                }

                operation.Verbose($"Another run makes '{plan.Machine.Id.Name}' too: {exception.Message}");
            }

            await operation.Clock.DelayAsync(s_pause, operation.CancellationToken).ConfigureAwait(false);
        }
    }

    // Another run may have been first.
    private async Task<JsonElement?> FindMadeAsync()
    {
        if (await VMReader.FindAsync(operation, plan.Machine.Id.Text).ConfigureAwait(false) is not { } vm || State(vm) is "Failed" or "Canceled")
            return null;

        await NewVMRules.RequireSameAsync(operation, plan, vm).ConfigureAwait(false);
        return vm;
    }

    private async Task MakeAsync(StepProgress progress)
    {
        progress.Begin("Disks", 5);
        await _disks.MakeAsync(plan.Restore.Members.ToDictionary(member => member.Step, plan.PatternOf), isRunning: false, record: null).ConfigureAwait(false);
        progress.Begin("Network", 20);
        await MakeNetworkAsync(progress).ConfigureAwait(false);
        progress.Begin("Making the virtual machine", 40);
        await ResourceWriter.PutAsync(operation, plan.Machine.Id, NewVMBody.Of(plan, _disks), progress.Waiting).ConfigureAwait(false);
    }

    // A second PUT would take precedence over one that goes on.
    private async Task MakeNetworkAsync(StepProgress progress)
    {
        if (await FindInterfaceAsync().ConfigureAwait(false) is { } there && OperationTags.IsMadeFor(there.Body.Map("tags"), VMCreation.OperationName, plan.Machine.Id.Text)
            && there.Body.Text("properties", "provisioningState") is not "Failed")
        {
            await operation.Poller.WaitAsync(there, plan.Machine.Names.NetworkInterfaceId, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
            return;
        }

        await new VMNetworkBuilder(operation, plan.Machine).MakeAsync(progress).ConfigureAwait(false);
    }

    // What this run found when it began is another's, or an earlier one's to be gone on with.
    private async Task GiveUpAsync(bool isFirst)
    {
        ResourceId id = plan.Machine.Id;
        if (!isFirst)
        {
            operation.Warning($"What was made for '{id.Name}' stays. Run the same command again to go on, or Remove-ImageVM to remove it.");
            return;
        }

        try
        {
            if (plan.Existing is null && await VMReader.FindAsync(operation, id.Text).ConfigureAwait(false) is not null)
                await ResourceRemoval.RemoveIfThereAsync(operation, id.Text).ConfigureAwait(false);
            await _disks.RemoveMadeAsync().ConfigureAwait(false);
            string group = ResourceId.OfGroup(id.SubscriptionId, id.ResourceGroupName!).Text;
            string[] made = [.. (await MadeResources.ListAsync(operation, group).ConfigureAwait(false))[OperationTags.Value(id.Text)]];
            await MadeResources.RemoveNetworkPartsAsync(operation, [.. made.Where(MadeResources.IsNetworkPart)]).ConfigureAwait(false);
        }
        catch (ImageCmdletsException exception)
        {
            operation.Warning($"Not everything that was made for '{id.Name}' could be removed: {exception.Message} Remove-ImageVM removes it.");
        }
    }

    private Task<ArmAnswer?> FindInterfaceAsync() =>
        operation.Arm.FindAsync(plan.Machine.Names.NetworkInterfaceId, ArmApiVersions.Network, operation.CancellationToken);
}
