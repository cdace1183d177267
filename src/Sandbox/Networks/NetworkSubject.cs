using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.LoadBalancers;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Networks;

/// <summary>Microsoft.Network: its types, the effects of their operations, and where those are watched.</summary>
internal sealed class NetworkSubject : IResourceSubject
{
    private static readonly IResourceSubject[] s_types =
    [
        new VirtualNetworkSubject(),
        new SubnetSubject(),
        new SecurityGroupSubject(),
        new SecurityRuleSubject(),
        new PublicIPAddressSubject(),
        new NetworkInterfaceSubject(),
        new LoadBalancerSubject(),
        new NetworkUsages(),
    ];

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        OperationEndpoints.Register(
            registry, NetworkTypes.Namespace, "operations", NetworkApiVersions.All, rateLimit: null, Status);
        OperationEndpoints.RegisterResults(registry, NetworkTypes.Namespace, "operationResults", NetworkApiVersions.All);
        NetworkLifecycle.Register(registry);
        foreach (IResourceSubject type in s_types) type.Register(registry);
    }

    // Neither name nor times (recorded 40 times).
    private static JsonObject Status(LongRunningOperation operation)
    {
        var status = new JsonObject { ["status"] = operation.Status.ToString() };
        if (operation.Error is not null) status["error"] = operation.Error.DeepClone();
        return status;
    }
}
