using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Networks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Vms;

/// <summary>Makes the network parts of one machine: security group and address side by side with the virtual network, then the interface.</summary>
/// <remarks>Source: <c>NetworkSecurityGroups_CreateOrUpdate</c>, <c>PublicIPAddresses_CreateOrUpdate</c>, <c>NetworkInterfaces_CreateOrUpdate</c>.</remarks>
internal sealed class VMNetworkBuilder(Operation operation, VMPlan plan)
{
    private readonly List<string> _made = [];

    /// <summary>The names of the parts that Azure has accepted.</summary>
    public IReadOnlyList<string> Made => _made;

    public async Task MakeAsync(StepProgress progress)
    {
        string location = plan.Platform.Location;
        plan.NewNetwork?.Require();
        plan.SharedSecurityGroup?.Require();
        ArmAnswer? securityGroup = plan.SharedSecurityGroup is not null ? null : await PutAsync(plan.SecurityGroupId,
            NetworkBodies.SecurityGroup(location, plan.Platform.Image.IsWindows, Tags("NetworkSecurityGroup"))).ConfigureAwait(false);
        ArmAnswer? address = plan.Options.NoPublicIPAddress ? null : await PutAsync(plan.Names.PublicAddressId,
            NetworkBodies.PublicAddress(location, plan.Options.Zone, Tags("PublicIPAddress"))).ConfigureAwait(false);

        if (plan.NewNetwork is { } network)
            await network.WaitAsync(operation, progress.Waiting).ConfigureAwait(false);
        if (securityGroup is not null)
            await WaitAsync(securityGroup, plan.SecurityGroupId, progress).ConfigureAwait(false);
        if (address is not null)
            await WaitAsync(address, plan.Names.PublicAddressId, progress).ConfigureAwait(false);

        progress.Begin("Network interface", 10);
        JsonObject body = NetworkBodies.NetworkInterface(location, plan.Names, plan.SubnetId, plan.SecurityGroupId, address is not null, plan.Platform.LoadBalancerPoolId, Tags("NetworkInterface"));
        ArmAnswer networkInterface = await PutAsync(plan.Names.NetworkInterfaceId, body).ConfigureAwait(false);
        await WaitAsync(networkInterface, plan.Names.NetworkInterfaceId, progress).ConfigureAwait(false);
    }

    private Dictionary<string, string> Tags(string step) => VMDefinition.Tags(plan, step, plan.Id.Text);

    private async Task<ArmAnswer> PutAsync(string id, JsonObject body)
    {
        ArmAnswer accepted = await operation.Arm.SendAsync(RequestMethod.Put, id, ArmApiVersions.Network, body, operation.CancellationToken).ConfigureAwait(false);
        _made.Add(ResourceId.TryParse(id)!.Name);
        return accepted;
    }

    private async Task WaitAsync(ArmAnswer accepted, string id, StepProgress progress) =>
        await operation.Poller.WaitAsync(accepted, id, progress.Waiting, operation.CancellationToken).ConfigureAwait(false);
}
