using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests.Networks;

namespace ImageCmdlets.Sandbox.Tests.LoadBalancers;

/// <summary>A public load balancer with a pool, a probe and two rules.</summary>
public abstract class LoadBalancerFixture : NetworkFixture
{
    protected string Balancer => Id("loadBalancers/lb");

    protected string Frontend => $"{Balancer}/frontendIPConfigurations/front";

    protected string Pool => $"{Balancer}/backendAddressPools/pool";

    protected string Probe => $"{Balancer}/probes/probe";

    protected string Rule => $"{Balancer}/loadBalancingRules/web";

    protected string NatRule => $"{Balancer}/inboundNatRules/ssh";

    protected string NatPool => $"{Balancer}/inboundNatPools/range";

    protected static JsonObject Reference(string id) => new() { ["id"] = id };

    /// <summary>The body of the balancer's PUT.</summary>
    protected JsonObject Body() => new()
    {
        ["location"] = "westus",
        ["sku"] = new JsonObject { ["name"] = "Standard" },
        ["properties"] = new JsonObject
        {
            ["frontendIPConfigurations"] = List("front", new() { ["publicIPAddress"] = Reference(PublicAddress) }),
            ["backendAddressPools"] = new JsonArray(new JsonObject { ["name"] = "pool" }),
            ["probes"] = List("probe", new() { ["protocol"] = "tcp", ["port"] = 80 }),
            ["loadBalancingRules"] = List("web", WebRule(80, 8080)),
            ["inboundNatRules"] = List(
                "ssh",
                new()
                {
                    ["frontendIPConfiguration"] = Reference(Frontend), ["frontendPort"] = 2222, ["backendPort"] = "22",
                    ["protocol"] = "Tcp",
                }),
        },
    };

    protected JsonObject WebRule(int frontendPort, int backendPort) => new()
    {
        ["frontendIPConfiguration"] = Reference(Frontend),
        ["backendAddressPool"] = Reference(Pool),
        ["probe"] = Reference(Probe),
        ["protocol"] = "tcp",
        ["frontendPort"] = frontendPort,
        ["backendPort"] = backendPort,
    };

    protected static JsonArray List(string name, JsonObject properties) =>
        [new JsonObject { ["name"] = name, ["properties"] = properties }];

    protected Answer PutBalancer(JsonObject body) => Client.Put(Balancer, Version, body.ToJsonString());

    /// <summary>The balancer, with its public address.</summary>
    protected void MakeBalancer()
    {
        Finish(PutPublicAddress(PublicAddress).ShouldBe(201));
        Finish(PutBalancer(Body()).ShouldBe(201));
    }

    /// <summary>An interface behind the balancer's pool and its inbound NAT rule.</summary>
    protected Answer PutMember(string id) => PutInterface(
        id,
        configuration: $$""","loadBalancerBackendAddressPools":[{"id":"{{Pool}}"}],"loadBalancerInboundNatRules":[{"id":"{{NatRule}}"}]""");

    protected static string?[] Ids(JsonNode? list) => [.. list!.AsArray().Select(static item => (string?)item!["id"])];
}
