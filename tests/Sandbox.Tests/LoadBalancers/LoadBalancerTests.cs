using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Tests.LoadBalancers;

public sealed class LoadBalancerTests : LoadBalancerFixture
{
    [Fact]
    public void A_balancer_is_ready_in_the_answer_to_its_PUT_and_its_parts_tell_who_names_them()
    {
        Finish(PutPublicAddress(PublicAddress).ShouldBe(201));
        Answer made = PutBalancer(Body()).ShouldBe(201);
        Assert.NotNull(made.Header("Azure-AsyncOperation"));
        Assert.Equal("Succeeded", (string?)Properties(made)["provisioningState"]);
        Assert.Equal(
            [
                "provisioningState", "resourceGuid", "frontendIPConfigurations", "backendAddressPools", "loadBalancingRules",
                "probes", "inboundNatRules", "outboundRules", "inboundNatPools",
            ],
            ((JsonObject)Properties(made)).Select(static property => property.Key));
        JsonNode shown = Show(Balancer).Json;
        Assert.Equal("Standard", (string?)shown["sku"]!["name"]);
        Assert.Equal("Regional", (string?)shown["sku"]!["tier"]);
        JsonNode frontend = shown["properties"]!["frontendIPConfigurations"]![0]!;
        Assert.Equal((string?)shown["etag"], (string?)frontend["etag"]);
        Assert.Equal([Rule], Ids(frontend["properties"]!["loadBalancingRules"]));
        Assert.Equal([NatRule], Ids(frontend["properties"]!["inboundNatRules"]));
        Assert.Equal([Rule], Ids(shown["properties"]!["probes"]![0]!["properties"]!["loadBalancingRules"]));
        JsonNode rule = shown["properties"]!["loadBalancingRules"]![0]!["properties"]!;
        Assert.Equal(
            $$$"""{"provisioningState":"Succeeded","frontendIPConfiguration":{"id":"{{{Frontend}}}"},"frontendPort":80,"backendPort":8080,"enableFloatingIP":false,"idleTimeoutInMinutes":4,"protocol":"Tcp","enableDestinationServiceEndpoint":false,"enableTcpReset":false,"allowBackendPortConflict":false,"loadDistribution":"Default","disableOutboundSnat":false,"backendAddressPool":{"id":"{{{Pool}}}"},"backendAddressPools":[{"id":"{{{Pool}}}"}],"probe":{"id":"{{{Probe}}}"}}""",
            rule.ToJsonString());
        Assert.Equal(22, (int?)shown["properties"]!["inboundNatRules"]![0]!["properties"]!["backendPort"]);
    }

    [Fact]
    public void What_a_client_reads_it_can_write_back()
    {
        MakeBalancer();
        JsonNode before = Show(Balancer).Json;
        PutBalancer((JsonObject)before).ShouldBe(200);
        JsonNode after = Show(Balancer).Json;
        Assert.Equal(Without(before).ToJsonString(), Without(after).ToJsonString());

        // Every write gives a new etag, to the parts as well.
        static JsonNode Without(JsonNode body) => JsonNode.Parse(
            Regex.Replace(body.ToJsonString(), """
            "etag":"[^"]*"
            """.Trim(), "\"etag\":\"\""))!;
    }

    [Fact]
    public void Each_part_can_be_read_and_pools_and_NAT_rules_also_written()
    {
        MakeBalancer();
        foreach (string part in new[] { Frontend, Pool, Probe, Rule, NatRule })
        {
            JsonNode shown = Show(part).Json;
            Assert.Equal(part, (string?)shown["id"]);
            Assert.Equal([part], Ids(Show(part[..part.LastIndexOf('/')]).Json["value"]));
        }

        string other = $"{Balancer}/backendAddressPools/other";
        Assert.Equal("NotFound", Client.Get(other, Version).ShouldBe(404).Code);
        Finish(Client.Put(other, Version, "{}").ShouldBe(201));
        Assert.Equal(["pool", "other"], Names("backendAddressPools"));
        Finish(Client.Delete(other, Version).ShouldBe(202));
        Assert.Equal(["pool"], Names("backendAddressPools"));
        var nat = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["frontendIPConfiguration"] = Reference(Frontend), ["backendAddressPool"] = Reference(Pool), ["protocol"] = "Tcp",
                ["frontendPortRangeStart"] = "50000", ["frontendPortRangeEnd"] = "50119", ["backendPort"] = 22,
            },
        };
        Answer made = Client.Put($"{Balancer}/inboundNatRules/range", Version, nat.ToJsonString()).ShouldBe(201);
        Assert.Equal(50119, (int?)Properties(made)["frontendPortRangeEnd"]);
        Assert.Equal(["ssh", "range"], Names("inboundNatRules"));
        Assert.Equal([$"{Balancer}/inboundNatRules/range"], Ids(Properties(Show(Pool))["inboundNatRules"]));
    }

    [Fact]
    public void Lists_show_balancers_and_a_PATCH_changes_their_tags()
    {
        MakeBalancer();
        Client.Patch(Balancer, Version, """{"tags":{"a":"b"}}""").ShouldBe(200);
        JsonNode listed = Show(Id("loadBalancers")).Json["value"]!;
        Assert.Equal([Balancer], Ids(listed));
        Assert.Equal("b", (string?)listed[0]!["tags"]!["a"]);
        Assert.Equal([Balancer], Ids(Show($"{Client.Subscription}/providers/Microsoft.Network/loadBalancers").Json["value"]));
    }

    [Fact]
    public void A_frontend_of_a_subnet_takes_an_address_and_gives_it_back()
    {
        MakeNetwork();
        JsonObject body = Body();
        body["properties"]!["frontendIPConfigurations"] = List("front", new() { ["subnet"] = Reference(Subnet) });
        Answer made = PutBalancer(body).ShouldBe(201);
        Assert.Equal("10.0.0.4", (string?)Properties(made)["frontendIPConfigurations"]![0]!["properties"]!["privateIPAddress"]);
        Assert.Equal("10.0.0.5", (string?)Properties(PutInterface(Interface).ShouldBe(201))["ipConfigurations"]![0]!["properties"]!["privateIPAddress"]);
        Client.Delete(Interface, Version).ShouldBe(202);
        Client.Advance(10);
        Client.Refused("DELETE", Subnet, Version, null, 400, "InUseSubnetCannotBeDeleted");
        Finish(Client.Delete(Balancer, Version).ShouldBe(202));
        Finish(Client.Delete(Subnet, Version).ShouldBe(202));
    }

    [Fact]
    public void A_public_address_stays_while_a_frontend_has_it()
    {
        MakeBalancer();
        Answer refused = Client.Delete(PublicAddress, Version).ShouldBe(400);
        Assert.Equal("PublicIPAddressCannotBeDeleted", refused.Code);
        Assert.Contains(Frontend, refused.Message, StringComparison.Ordinal);
        Assert.Equal(Frontend, (string?)Properties(Show(PublicAddress))["ipConfiguration"]!["id"]);
        Finish(Client.Delete(Balancer, Version).ShouldBe(202));
        Client.Get(Balancer, Version).ShouldBe(404);
        Client.Get(Pool, Version).ShouldBe(404);
        Finish(Client.Delete(PublicAddress, Version).ShouldBe(202));
    }

    [Fact]
    public void A_dynamic_public_address_keeps_its_number_when_the_balancer_is_written_again()
    {
        Finish(PutPublicAddress(PublicAddress, "Basic", "Dynamic").ShouldBe(201));
        JsonObject body = Body();
        body["sku"] = new JsonObject { ["name"] = "Basic" };
        PutBalancer(body).ShouldBe(201);
        string? address = (string?)Properties(Show(PublicAddress))["ipAddress"];
        Assert.StartsWith("198.1", address, StringComparison.Ordinal);
        PutBalancer(body).ShouldBe(200);
        Assert.Equal(address, (string?)Properties(Show(PublicAddress))["ipAddress"]);
    }

    private string?[] Names(string list) => [.. Properties(Show(Balancer))[list]!.AsArray().Select(static part => (string?)part!["name"])];
}
