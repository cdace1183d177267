using Azure;
using Azure.Core;
using Azure.ResourceManager;
using Azure.ResourceManager.Compute;
using ImageCmdlets.Engine.Arm;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Generalization;

/// <summary>What generalizing asks Azure to do with a machine.</summary>
internal sealed class MachineActions(Operation operation, ResourceId machine)
{
    /// <summary>Begins to shut the machine down and to release its hardware.</summary>
    /// <remarks>Source: <c>VirtualMachines_Deallocate</c>.</remarks>
    public Task<ArmAnswer> BeginDeallocateAsync() => operation.Arm.InvokeAsync(machine.Text, async client =>
    {
        ArmOperation begun = await Of(client).DeallocateAsync(WaitUntil.Started, null, operation.CancellationToken).ConfigureAwait(false);
        return begun.GetRawResponse();
    });

    /// <summary>Sets Azure's mark, which nothing takes away again. Azure does not look into the guest.</summary>
    /// <remarks>Source: <c>VirtualMachines_Generalize</c>: synchronous, 200 with an empty body.</remarks>
    public Task MarkAsync() => operation.Arm.InvokeAsync(machine.Text, client => Of(client).GeneralizeAsync(operation.CancellationToken));

    private VirtualMachineResource Of(ArmClient client) => client.GetVirtualMachineResource(new ResourceIdentifier(machine.Text));
}
