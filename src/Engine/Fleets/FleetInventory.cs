using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>What a resource group has of a fleet: some lists for all its machines and their parts, however many they are.</summary>
/// <remarks>Source: <c>VirtualMachines_List</c>, and the lists of network resources of a group.</remarks>
internal sealed class FleetInventory
{
    private static readonly string[] s_types =
        [ResourceTypes.VirtualMachine, ResourceTypes.PublicIPAddress, ResourceTypes.NetworkInterface, ResourceTypes.NetworkSecurityGroup, ResourceTypes.VirtualNetwork];

    private readonly Dictionary<string, JsonElement> _resources = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The machines of the fleet that are there or begun, by their names.</summary>
    public Dictionary<string, FleetMember> Begun { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the group.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="groupId">The group, which is there.</param>
    /// <param name="names">The names of the machines.</param>
    public static async Task<FleetInventory> ReadAsync(Operation operation, ResourceId groupId, IReadOnlyList<string> names)
    {
        var inventory = new FleetInventory();
        var lists = new List<JsonElement>[s_types.Length];
        await operation.ForEachAsync([.. Enumerable.Range(0, s_types.Length)], async (index, own) =>
        {
            lists[index] = [];
            await own.Arm.ListAsync($"{groupId.Text}/providers/{s_types[index]}", ArmApiVersions.For(s_types[index]), item =>
            {
                lists[index].Add(item);
                return Task.CompletedTask;
            }, own.CancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        foreach (JsonElement item in lists.SelectMany(list => list))
            inventory._resources[item.Text("id")!] = item;

        foreach (string name in names)
            inventory.Add(groupId, name);
        return inventory;
    }

    /// <summary>Whether there is a resource that this command did not make for a thing.</summary>
    public bool IsForeign(string id, string madeFor) =>
        _resources.TryGetValue(id, out JsonElement item) && !OperationTags.IsMadeFor(item.Map("tags"), VMCreation.OperationName, madeFor);

    /// <summary>Whether there is a resource.</summary>
    public bool IsThere(string id) => _resources.ContainsKey(id);

    // An interface or address that an earlier run made for a machine says where it is to be: it cannot be moved.
    private void Add(ResourceId groupId, string name)
    {
        var vm = ResourceId.Of(groupId.SubscriptionId, groupId.ResourceGroupName!, ResourceTypes.VirtualMachine, name);
        var names = new Networks.VMNetworkNames(groupId.SubscriptionId, groupId.ResourceGroupName!, name);
        bool isThere = _resources.TryGetValue(vm.Text, out JsonElement machine);
        JsonElement[] found = isThere
            ? [machine]
            : [.. new[] { names.PublicAddressId, names.NetworkInterfaceId }.Where(id => _resources.ContainsKey(id) && !IsForeign(id, vm.Text)).Select(id => _resources[id])];
        if (found.Length > 0 && LocationCatalog.Of(found[0]) is { } location)
            Begun[name] = new FleetMember(name, location, found[0].Texts("zones").FirstOrDefault(), isThere);
    }
}
