using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.LoadBalancers;

public sealed class LoadBalancerRefusalTests : LoadBalancerFixture
{
    [Fact]
    public void A_reference_to_a_part_that_will_not_be_there_is_refused()
    {
        Finish(PutPublicAddress(PublicAddress).ShouldBe(201));
        JsonObject body = Body();
        body["properties"]!["probes"] = new JsonArray();
        Answer refused = PutBalancer(body).ShouldBe(400);
        Assert.Equal("InvalidResourceReference", refused.Code);
        Assert.StartsWith($"Resource {Probe} referenced by resource {Rule} was not found.", refused.Message, StringComparison.Ordinal);
        Client.Get(Balancer, Version).ShouldBe(404);
    }

    [Fact]
    public void Public_address_and_balancer_must_be_of_one_SKU()
    {
        Finish(PutPublicAddress(PublicAddress, "Basic", "Dynamic").ShouldBe(201));
        Answer refused = PutBalancer(Body()).ShouldBe(400);
        Assert.Equal("PublicIPAndLBSkuDoNotMatch", refused.Code);
        Assert.Equal(
            $"Standard sku load balancer {Balancer} cannot reference Basic sku publicIP {PublicAddress}.", refused.Message);
    }

    [Theory]
    [InlineData(80, 9090, "RulesUseSameFrontendPortProtocolAndIPConfig")]
    [InlineData(81, 8080, "RulesUseSameBackendPortProtocolAndPool")]
    public void Two_rules_cannot_share_a_port(int frontendPort, int backendPort, string code)
    {
        MakeBalancer();
        JsonObject body = Body();
        body["properties"]!["loadBalancingRules"]!.AsArray().Add(
            new JsonObject { ["name"] = "second", ["properties"] = WebRule(frontendPort, backendPort) });
        Client.Refused("PUT", Balancer, Version, body.ToJsonString(), 400, code);
    }

    [Theory]
    [InlineData("frontendPort", "0", "InvalidPort")]
    [InlineData("backendPort", "70000", "InvalidPort")]
    [InlineData("protocol", "\"carrier pigeon\"", "InvalidRequestFormat")]
    [InlineData("frontendIPConfiguration", "null", "InvalidRequestFormat")]
    [InlineData("frontendIPConfiguration", """{"id":"/no/such/thing"}""", "InvalidRequestFormat")]
    public void A_bad_inbound_NAT_rule_is_refused(string name, string value, string code)
    {
        MakeBalancer();
        JsonObject body = Body();
        body["properties"]!["inboundNatRules"]![0]!["properties"]![name] = JsonNode.Parse(value);
        Client.Refused("PUT", Balancer, Version, body.ToJsonString(), 400, code);
    }

    [Fact]
    public void Parts_without_a_frontend_and_parts_of_one_name_are_refused()
    {
        JsonObject body = Body();
        body["properties"] = new JsonObject { ["backendAddressPools"] = new JsonArray(new JsonObject { ["name"] = "pool" }) };
        Client.Refused(
            "PUT", Balancer, Version, body.ToJsonString(), 400, "LoadBalancerWithoutFrontendIPCantHaveChildResources");
        body["properties"]!["backendAddressPools"]!.AsArray().Add(new JsonObject { ["name"] = "POOL" });
        Client.Refused("PUT", Balancer, Version, body.ToJsonString(), 400, "InvalidRequestFormat");
    }
}
