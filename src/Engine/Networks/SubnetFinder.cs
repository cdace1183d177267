using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Networks;

/// <summary>Finds the subnet that a machine is put into: the one that was asked for, else as <c>az vm create</c> one that is there.</summary>
/// <remarks>Source: <c>VirtualNetworks_List</c>, <c>VirtualNetworks_Get</c>.</remarks>
internal static class SubnetFinder
{
    private const string SubnetSegment = "/subnets/";

    // Azure reserves these names for gateways, firewalls and the like: a machine in them is refused.
    private static readonly string[] s_reserved = ["GatewaySubnet", "AzureFirewallSubnet", "AzureFirewallManagementSubnet", "AzureBastionSubnet", "RouteServerSubnet"];

    /// <param name="operation">The running command.</param>
    /// <param name="subscriptionId">The machine's subscription.</param>
    /// <param name="resourceGroupName">The machine's group.</param>
    /// <param name="location">The machine's region; a network of another region cannot be used.</param>
    /// <param name="wanted">The id of a subnet, or the name of a virtual network of the group; null: any of the group and region.</param>
    /// <exception cref="ImageCmdletsException">ResourceNotFound, RegionMismatch, InvalidResourceId.</exception>
    public static async Task<SubnetChoice> FindAsync(Operation operation, string subscriptionId, string resourceGroupName, string location, string? wanted)
    {
        if (wanted is null)
            return new SubnetChoice(await AnyAsync(operation, subscriptionId, resourceGroupName, location).ConfigureAwait(false));

        (string networkId, string? subnetName) = Split(wanted, subscriptionId, resourceGroupName);
        ArmAnswer network = await operation.Arm.FindAsync(networkId, ArmApiVersions.Network, operation.CancellationToken).ConfigureAwait(false)
            ?? throw new ImageCmdletsException(ErrorIds.ResourceNotFound, $"There is no virtual network '{networkId}'.", networkId, "Check the name of the virtual network in -Subnet.");
        if (!LocationCatalog.Same(network.Body.Text("location"), location))
        {
            throw new ImageCmdletsException(ErrorIds.RegionMismatch, $"The virtual network '{network.Body.Text("name")}' is in {network.Body.Text("location")}, the machine is to be in {location}.",
                networkId, "Pass a subnet of the machine's region with -Subnet.");
        }

        string? id = subnetName is null
            ? Usable(network.Body)
            : network.Body.Items("properties", "subnets").FirstOrDefault(subnet => Same(subnet.Text("name"), subnetName)).Text("id");
        return id is not null
            ? new SubnetChoice(id)
            : throw new ImageCmdletsException(ErrorIds.ResourceNotFound, $"The virtual network '{network.Body.Text("name")}' has no subnet {(subnetName is null ? "for machines" : $"'{subnetName}'")}.", networkId, "Pass the id of another subnet with -Subnet.");
    }

    private static async Task<string?> AnyAsync(Operation operation, string subscriptionId, string resourceGroupName, string location)
    {
        string? found = null;
        await operation.Arm.ListAsync($"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/{ResourceTypes.VirtualNetwork}", ArmApiVersions.Network, network =>
        {
            if (found is null && LocationCatalog.Same(network.Text("location"), location))
                found = Usable(network);
            return Task.CompletedTask;
        }, operation.CancellationToken).ConfigureAwait(false);
        if (found is not null)
            operation.Verbose($"The subnet {found} is used; pass -Subnet for another.");
        return found;
    }

    // A delegated subnet belongs to a service that lets nothing else in.
    /// <summary>Reads the id of a subnet.</summary>
    /// <param name="text">What was given for one.</param>
    /// <param name="orElse">What the advice names beside an id; empty: nothing.</param>
    /// <exception cref="ImageCmdletsException">InvalidResourceId.</exception>
    public static ResourceId RequireId(string text, string orElse = "") =>
        ResourceId.TryParse(text) is { ResourceGroupName: not null } id && id.Is(ResourceTypes.VirtualNetwork + "/subnets")
            ? id
            : throw new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{text}' is not the id of a subnet.", text,
                $"Pass /subscriptions/{{id}}/resourceGroups/{{group}}/providers/Microsoft.Network/virtualNetworks/{{network}}/subnets/{{subnet}}{orElse}.");

    private static string? Usable(JsonElement network) =>
        network.Items("properties", "subnets")
            .Where(subnet => !s_reserved.Any(name => Same(name, subnet.Text("name"))) && !subnet.Items("properties", "delegations").Any())
            .Select(subnet => subnet.Text("id"))
            .FirstOrDefault();

    private static (string NetworkId, string? SubnetName) Split(string wanted, string subscriptionId, string resourceGroupName)
    {
        if (wanted.IndexOf('/') < 0)
            return (ResourceId.Of(subscriptionId, resourceGroupName, ResourceTypes.VirtualNetwork, wanted).Text, null);

        ResourceId id = RequireId(wanted, ", or the name of a virtual network in the group");
        return (wanted.Substring(0, wanted.IndexOf(SubnetSegment, StringComparison.OrdinalIgnoreCase)), id.Name);
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
