using System.Text.Json;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Vms;

/// <summary>What New-ImageVM and New-ImageScaleSet made besides machines, found by its tags; nothing without them is ever removed.</summary>
internal static class MadeResources
{
    /// <summary>The ids of what a command made for machines in a group, by the tag of the machine or scale set that each was made for.</summary>
    /// <remarks>Filtered here: a list that Azure filters by tag comes without the tags, so nothing could be checked
    /// (<c>Resources_ListByResourceGroup</c>, parameter <c>$filter</c>).</remarks>
    public static async Task<ILookup<string, string>> ListAsync(Operation operation, string groupId, string operationName = VMCreation.OperationName)
    {
        var made = new List<(string Source, string Id)>();
        await operation.Arm.ListAsync(groupId + "/resources", ArmApiVersions.Resources, item =>
        {
            IReadOnlyDictionary<string, string> tags = item.Map("tags");
            if (item.Text("id") is { } id && OperationTags.IsMadeBy(tags, operationName) && tags.TryGetValue(OperationTags.SourceTag, out string? source))
                made.Add((source, id));
            return Task.CompletedTask;
        }, operation.CancellationToken).ConfigureAwait(false);
        return made.ToLookup(part => part.Source, part => part.Id, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether a resource is of the network, which goes with its machine; disks may have been kept on purpose.</summary>
    public static bool IsNetworkPart(string id) => ResourceId.TryParse(id)?.ResourceType?.StartsWith("Microsoft.Network/", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Removes what a machine has of the network for itself: interfaces first, because they hold the others.</summary>
    public static async Task RemoveNetworkPartsAsync(Operation operation, IReadOnlyList<string> made)
    {
        await RemoveAsync(operation, [.. Of(made, ResourceTypes.NetworkInterface)]).ConfigureAwait(false);
        await RemoveAsync(operation, [.. Of(made, ResourceTypes.PublicIPAddress), .. Of(made, ResourceTypes.NetworkSecurityGroup)]).ConfigureAwait(false);
    }

    /// <summary>Removes a virtual network or security group that the command made, if nothing is in it.</summary>
    public static async Task RemoveUnusedAsync(Operation operation, string id, string operationName = VMCreation.OperationName)
    {
        ArmAnswer? network = await operation.Arm.FindAsync(id, ArmApiVersions.Network, operation.CancellationToken).ConfigureAwait(false);
        if (network is null || !OperationTags.IsMadeBy(network.Body.Map("tags"), operationName) || IsUsed(network.Body))
            return;

        try
        {
            await ResourceRemoval.RemoveIfThereAsync(operation, id).ConfigureAwait(false);
        }
        catch (ArmOperationException exception) when (exception.ErrorId is ErrorIds.ResourceInUse or ErrorIds.ResourceBusy)
        {
            operation.Verbose($"'{ResourceId.TryParse(id)?.Name}' stays: somebody uses it by now.");
        }
    }

    /// <summary>Removes a resource group that the command made, if nothing is in it.</summary>
    /// <remarks>Source: <c>ResourceGroups_Delete</c>.</remarks>
    public static async Task RemoveGroupAsync(Operation operation, string groupId, string operationName = VMCreation.OperationName)
    {
        ArmAnswer? group = await operation.Arm.FindAsync(groupId, ArmApiVersions.Resources, operation.CancellationToken).ConfigureAwait(false);
        if (group is null)
            return;

        string name = group.Body.Text("name") ?? groupId;
        if (!OperationTags.IsMadeBy(group.Body.Map("tags"), operationName))
        {
            operation.Warning($"The resource group '{name}' stays: {operationName} did not make it.");
            return;
        }

        int left = await CountAsync(operation, groupId).ConfigureAwait(false);
        if (left > 0)
        {
            operation.Warning($"The resource group '{name}' stays: {left} resource(s) are in it.");
            return;
        }

        ArmAnswer accepted = await operation.Arm.SendAsync(RequestMethod.Delete, groupId, ArmApiVersions.Resources, null, operation.CancellationToken).ConfigureAwait(false);
        await operation.Poller.WaitAsync(accepted, groupId, null, operation.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a resource group is all that an interrupted removal has left: the command made it, and nothing is in it.</summary>
    public static async Task<bool> IsLeftEmptyAsync(Operation operation, string groupId, string operationName = VMCreation.OperationName) =>
        await operation.Arm.FindAsync(groupId, ArmApiVersions.Resources, operation.CancellationToken).ConfigureAwait(false) is { } group
        && OperationTags.IsMadeBy(group.Body.Map("tags"), operationName) && await CountAsync(operation, groupId).ConfigureAwait(false) == 0;

    private static async Task<int> CountAsync(Operation operation, string groupId)
    {
        int count = 0;
        await operation.Arm.ListAsync(groupId + "/resources", ArmApiVersions.Resources, _ =>
        {
            count++;
            return Task.CompletedTask;
        }, operation.CancellationToken).ConfigureAwait(false);
        return count;
    }

    private static Task RemoveAsync(Operation operation, IReadOnlyList<string> ids) =>
        operation.ForEachAsync(ids, (id, own) => ResourceRemoval.RemoveIfThereAsync(own, id));

    private static bool IsUsed(JsonElement network) =>
        network.Items("properties", "subnets").Any(subnet => subnet.Items("properties", "ipConfigurations").Any())
        || network.Items("properties", "virtualNetworkPeerings").Any()
        || network.Items("properties", "networkInterfaces").Any();

    private static IEnumerable<string> Of(IReadOnlyList<string> ids, string type) => ids.Where(id => ResourceId.TryParse(id)?.Is(type) == true);
}
