using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.ScaleSets;

/// <summary>Removes scale sets with their machines, and what New-ImageScaleSet made for them, by its tags.</summary>
/// <remarks>Source: <c>VirtualMachineScaleSets_Delete</c>.</remarks>
internal static class ScaleSetRemoval
{
    public static async Task RunAsync(Operation operation, IReadOnlyList<string> ids, bool removeGroup, RunOptions run)
    {
        ResourceId[] sets = [.. ids.Select(ScaleSetReader.Resources.RequireId)];
        await operation.ForEachItemAsync(sets, (id, own) => RemoveAsync(own, id, run)).ConfigureAwait(false);
        string[] groups = [.. sets.Select(id => ResourceId.OfGroup(id.SubscriptionId, id.ResourceGroupName!).Text).Distinct(StringComparer.OrdinalIgnoreCase)];
        await operation.ForEachItemAsync(removeGroup ? groups : [], (group, own) => MadeResources.RemoveGroupAsync(own, group, ScaleSetCreation.OperationName)).ConfigureAwait(false);
    }

    private static async Task RemoveAsync(Operation operation, ResourceId id, RunOptions run)
    {
        ArmAnswer? found = await operation.Arm.FindAsync(id.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
        string[] made = await MadeAsync(operation, id).ConfigureAwait(false);
        if (found is null && made.Length == 0)
            throw new ImageCmdletsException(ErrorIds.ResourceNotFound, $"There is no scale set '{id.Name}' in the resource group '{id.ResourceGroupName}'.", id.Text);

        if (found is null)
            operation.Verbose($"'{id.Name}' is gone already; what was made for it is removed.");
        else
            await ResourceRemoval.RemoveAsync(operation, id, run).ConfigureAwait(false);
        foreach (string network in run.NoWait ? [] : made)
            await MadeResources.RemoveUnusedAsync(operation, network, ScaleSetCreation.OperationName).ConfigureAwait(false);
    }

    private static async Task<string[]> MadeAsync(Operation operation, ResourceId id)
    {
        string group = ResourceId.OfGroup(id.SubscriptionId, id.ResourceGroupName!).Text;
        ILookup<string, string> made = await MadeResources.ListAsync(operation, group, ScaleSetCreation.OperationName).ConfigureAwait(false);
        return [.. made[OperationTags.Value(id.Text)].Where(part => ResourceId.TryParse(part)?.Is(ResourceTypes.VirtualNetwork) == true)];
    }
}
