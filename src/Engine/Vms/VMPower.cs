using System.Text.Json;
using Azure.Core;
using Azure.ResourceManager.Compute;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using WaitUntil = Azure.WaitUntil;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Starts and stops one machine.</summary>
/// <remarks>Source: <c>VirtualMachines_Start</c>, <c>_Deallocate</c>, <c>_PowerOff</c>. What is already as wanted is left alone.</remarks>
internal static class VMPower
{
    private const string Running = "Running";
    private const string Stopped = "Stopped";
    private const string Deallocated = "Deallocated";

    public static async Task ChangeAsync(Operation operation, string id, VMPowerAction action, RunOptions run)
    {
        string name = VMReader.Resources.RequireId(id).Name;
        using var progress = new StepProgress(operation, id, $"{Activity(action)} {name}");
        progress.Begin("Reading its state", 0);
        JsonElement vm = await SettledAsync(operation, id, run, progress).ConfigureAwait(false);
        if (action == VMPowerAction.Start && VMMapper.OSState(vm) == "Generalized")
            throw new ImageCmdletsException(ErrorIds.VMIsGeneralized, $"The virtual machine '{name}' is generalized and cannot start.", id);

        DateTimeOffset begin = operation.Clock.UtcNow;
        if (IsDone(action, VMMapper.PowerState(vm)))
        {
            operation.Verbose($"'{name}' is {VMMapper.PowerState(vm)} already.");
        }
        else
        {
            progress.Begin("Waiting for Azure", 10);
            ArmAnswer accepted = await BeginAsync(operation, id, action).ConfigureAwait(false);
            if (run.NoWait)
            {
                await StartedOperation.WriteAsync(operation, VMReader.Resources.RequireId(id), action.ToString(), begin, accepted).ConfigureAwait(false);
                return;
            }

            await operation.Poller.WaitAsync(accepted, id, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
        }

        await operation.WriteAsync(await VMReader.DescribeAsync(operation, id).ConfigureAwait(false)).ConfigureAwait(false);
    }

    // A change that is still going on may be the very one that is wanted, begun with -NoWait or by a run that was broken off.
    private static async Task<JsonElement> SettledAsync(Operation operation, string id, RunOptions run, StepProgress progress)
    {
        ArmAnswer answer = await VMReader.GetAsync(operation, id).ConfigureAwait(false);
        if (run.NoWait || answer.Body.Text("properties", "provisioningState") is not ("Updating" or "Creating"))
            return answer.Body;

        progress.Begin("Waiting for another change to end", 0);
        try
        {
            await operation.Poller.WaitAsync(answer, id, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
        }
        catch (ArmOperationException exception) when (exception.ErrorId == ErrorIds.ProvisioningFailed)
        {
            operation.Verbose("The other change failed; this one is tried all the same.");
        }

        return (await VMReader.GetAsync(operation, id).ConfigureAwait(false)).Body;
    }

    /// <summary>Asks Azure to start or stop a machine, and does not wait.</summary>
    public static Task<ArmAnswer> BeginAsync(Operation operation, string id, VMPowerAction action) => operation.Arm.BeginAsync(id, client =>
    {
        VirtualMachineResource vm = client.GetVirtualMachineResource(new ResourceIdentifier(id));
        return action switch
        {
            VMPowerAction.Start => vm.PowerOnAsync(WaitUntil.Started, operation.CancellationToken),
            VMPowerAction.PowerOff => vm.PowerOffAsync(WaitUntil.Started, null, operation.CancellationToken),
            _ => vm.DeallocateAsync(WaitUntil.Started, null, operation.CancellationToken),
        };
    }, operation.CancellationToken);

    private static bool IsDone(VMPowerAction action, string? state) => action switch
    {
        VMPowerAction.Start => state == Running,
        VMPowerAction.PowerOff => state is Stopped or Deallocated,
        _ => state == Deallocated,
    };

    private static string Activity(VMPowerAction action) => action == VMPowerAction.Start ? "Starting" : "Stopping";
}
