using System.Text.Json;
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
        await operation.ForEachItemAsync(sets, (id, own) => RemoveAsync(own, id, removeGroup, run)).ConfigureAwait(false);
        string[] groups = [.. sets.Select(GroupOf).Distinct(StringComparer.OrdinalIgnoreCase)];
        await operation.ForEachItemAsync(removeGroup ? groups : [], (group, own) => MadeResources.RemoveGroupAsync(own, group, ScaleSetCreation.OperationName)).ConfigureAwait(false);
    }

    private static async Task RemoveAsync(Operation operation, ResourceId id, bool removeGroup, RunOptions run)
    {
        ArmAnswer? found = await operation.Arm.FindAsync(id.Text, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
        HashSet<string> networks = await MadeAsync(operation, id).ConfigureAwait(false);
        if (found is null && networks.Count == 0 && !(removeGroup && await MadeResources.IsLeftEmptyAsync(operation, GroupOf(id), ScaleSetCreation.OperationName).ConfigureAwait(false)))
            throw new ImageCmdletsException(ErrorIds.ResourceNotFound, $"There is no scale set '{id.Name}' in the resource group '{id.ResourceGroupName}'.", id.Text);

        if (found is null)
        {
            operation.Verbose($"'{id.Name}' is gone already; what was made for it is removed.");
        }
        else
        {
            // A network may have been made for a set that is gone: whoever leaves it last removes it.
            networks.UnionWith(Networks(found.Body));
            await ResourceRemoval.RemoveAsync(operation, id, run).ConfigureAwait(false);
        }

        foreach (string network in run.NoWait ? [] : networks)
            await MadeResources.RemoveUnusedAsync(operation, network, ScaleSetCreation.OperationName).ConfigureAwait(false);
    }

    private static async Task<HashSet<string>> MadeAsync(Operation operation, ResourceId id)
    {
        ILookup<string, string> made = await MadeResources.ListAsync(operation, GroupOf(id), ScaleSetCreation.OperationName).ConfigureAwait(false);
        return new HashSet<string>(made[OperationTags.Value(id.Text)].Where(part => ResourceId.TryParse(part)?.Is(ResourceTypes.VirtualNetwork) == true), StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Networks(JsonElement set) => set.Items("properties", "virtualMachineProfile", "networkProfile", "networkInterfaceConfigurations")
        .SelectMany(one => one.Items("properties", "ipConfigurations")).Select(configuration => configuration.Text("properties", "subnet", "id")).OfType<string>()
        .Select(subnet => subnet.IndexOf("/subnets/", StringComparison.OrdinalIgnoreCase) is > 0 and int end ? subnet.Substring(0, end) : subnet);

    private static string GroupOf(ResourceId id) => ResourceId.OfGroup(id.SubscriptionId, id.ResourceGroupName!).Text;
}
