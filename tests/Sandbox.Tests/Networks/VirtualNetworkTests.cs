using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Networks;

public sealed class VirtualNetworkTests : NetworkFixture
{
    [Fact]
    public void A_network_is_made_as_recorded()
    {
        Answer made = PutNetwork(Network).ShouldBe(201);
        string operation = made.Header("Azure-AsyncOperation")!;
        Assert.StartsWith(
            $"{SandboxClient.Root}{Client.Subscription}/providers/Microsoft.Network/locations/westus/operations/",
            operation,
            StringComparison.Ordinal);
        Assert.Contains(made.Header("x-ms-request-id")!, operation, StringComparison.Ordinal);
        Assert.Null(made.Header("Location"));
        Assert.Equal("3", made.Header("Retry-After"));
        Assert.Equal("Enabled", made.Header("Azure-AsyncNotification"));
        Assert.Null(made.Header("ETag"));
        Assert.Equal(
            ["name", "id", "etag", "type", "location", "properties"], made.Json.Select(static property => property.Key));
        Assert.Equal(
            ["provisioningState", "resourceGuid", "addressSpace", "subnets", "virtualNetworkPeerings", "enableDdosProtection"],
            ((JsonObject)Properties(made)).Select(static property => property.Key));
        Assert.Equal("Updating", (string?)Properties(made)["provisioningState"]);
        Assert.Matches("^W/\"[0-9a-f-]{36}\"$", (string?)made.Json["etag"]!);

        Answer poll = Client.Send("GET", operation).ShouldBe(200);
        Assert.Equal("""{"status":"InProgress"}""", poll.Json.ToJsonString());
        Assert.Equal("10", poll.Header("Retry-After"));
        Client.Advance(10);
        poll = Client.Send("GET", operation).ShouldBe(200);
        Assert.Equal("""{"status":"Succeeded"}""", poll.Json.ToJsonString());
        Assert.Null(poll.Header("Retry-After"));

        Answer shown = Show(Network);
        Assert.Equal("Succeeded", (string?)Properties(shown)["provisioningState"]);
        Assert.Equal(Properties(made)["resourceGuid"]!.ToString(), Properties(shown)["resourceGuid"]!.ToString());
        Assert.NotEqual((string?)made.Json["etag"], (string?)shown.Json["etag"]);
        Assert.Equal((string?)shown.Json["etag"], shown.Header("ETag"));
        JsonNode subnet = Properties(shown)["subnets"]![0]!;
        Assert.Equal(Subnet, (string?)subnet["id"]);
        Assert.Equal((string?)shown.Json["etag"], (string?)subnet["etag"]);
        Assert.Equal(
            """{"provisioningState":"Succeeded","addressPrefix":"10.0.0.0/24","delegations":[],"privateEndpointNetworkPolicies":"Disabled","privateLinkServiceNetworkPolicies":"Enabled"}""",
            subnet["properties"]!.ToJsonString());
    }

    [Theory]
    [InlineData("", "", "AddressPrefixStringCannotBeNullOrEmpty")]
    [InlineData("10.0.0.0", "", "InvalidAddressPrefixFormat")]
    [InlineData("10.0.0.5/16", "", "InvalidCIDRNotation")]
    [InlineData("10.0.0.0/16", "10.1.0.0/24", "NetcfgSubnetRangeOutsideVnet")]
    [InlineData("10.0.0.0/16", "10.0.0.0/24,10.0.0.128/25", "NetcfgSubnetRangesOverlap")]
    [InlineData("10.0.0.0/16", "10.0.0.0/30", "NetcfgInvalidSubnet")]
    [InlineData("10.0.0.0/16", "10.0.0.0/33", "InvalidAddressPrefixFormat")]
    public void Bad_ranges_are_refused(string space, string subnets, string code)
    {
        var prefixes = new JsonArray([.. Split(space).Select(static p => (JsonNode)p)]);
        var children = new JsonArray([.. Split(subnets).Select(static (p, i) => (JsonNode)new JsonObject
        {
            ["name"] = $"s{i}",
            ["properties"] = new JsonObject { ["addressPrefix"] = p },
        })]);
        var body = new JsonObject
        {
            ["location"] = "westus",
            ["properties"] = new JsonObject
            {
                ["addressSpace"] = new JsonObject { ["addressPrefixes"] = prefixes },
                ["subnets"] = children,
            },
        };
        Answer answer = Client.Refused("PUT", Network, Version, body.ToJsonString(), 400, code);
        Assert.Empty(answer.Json["error"]!["details"]!.AsArray());
    }

    [Fact]
    public void Bits_behind_the_prefix_are_refused_with_the_right_prefix()
    {
        Answer answer = Client.Refused(
            "PUT",
            Network,
            Version,
            """{"location":"westus","properties":{"addressSpace":{"addressPrefixes":["10.0.0.5/16"]}}}""",
            400,
            "InvalidCIDRNotation");
        Assert.Equal(
            $"The address prefix 10.0.0.5/16 in resource {Network} has an invalid CIDR notation. " +
            "For the given prefix length, the address prefix should be 10.0.0.0/16.",
            answer.Message);
    }

    [Fact]
    public void A_bad_name_is_refused() => Client.Refused(
        "PUT",
        Id("virtualNetworks/-vnet"),
        Version,
        """{"location":"westus","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]}}}""",
        400,
        "InvalidResourceName");

    [Fact]
    public void Subnets_that_the_body_does_not_mention_stay_and_an_empty_list_deletes_them()
    {
        MakeNetwork();
        const string space = "\"addressSpace\":{\"addressPrefixes\":[\"10.0.0.0/16\"]}";
        Answer kept = Client.Put(Network, Version, $$$"""{"location":"westus","properties":{{{{space}}}}}""").ShouldBe(200);
        Assert.Single(Properties(kept)["subnets"]!.AsArray());
        Finish(kept);
        Answer emptied = Client.Put(Network, Version, $$$"""{"location":"westus","properties":{{{{space}}},"subnets":[]}}""");
        Finish(emptied.ShouldBe(200));
        Assert.Empty(Properties(Show(Network))["subnets"]!.AsArray());
        Client.Get(Subnet, Version).ShouldBe(404);
    }

    [Fact]
    public void A_network_in_use_is_not_deleted()
    {
        MakeNetwork();
        PutInterface(Interface).ShouldBe(201);
        Client.Get(Interface, Version);
        Answer answer = Client.Refused("DELETE", Network, Version, null, 400, "InUseSubnetCannotBeDeleted");
        Assert.Equal(
            $"Subnet subnet is in use by {Interface}/ipConfigurations/ipconfig1 and cannot be deleted. In order to delete " +
            "the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.",
            answer.Message);
        Client.Refused("DELETE", Subnet, Version, null, 400, "InUseSubnetCannotBeDeleted");
        Client.Refused(
            "PUT", Subnet, Version, """{"properties":{"addressPrefix":"10.0.1.0/24"}}""", 400, "InUsePrefixCannotBeDeleted");
        Finish(Client.Delete(Interface, Version).ShouldBe(202));
        Answer deleted = Client.Delete(Network, Version).ShouldBe(202);
        Assert.Equal("10", deleted.Header("Retry-After"));
        Assert.Contains("/locations/westus/operationResults/", deleted.Header("Location"), StringComparison.Ordinal);
        Client.Send("GET", deleted.Header("Location")!).ShouldBe(202);
        Assert.Equal("Deleting", (string?)Properties(Show(Network))["provisioningState"]);
        Finish(deleted);
        Client.Get(Network, Version).ShouldBe(404);
        Client.Delete(Network, Version).ShouldBe(204);
    }

    [Fact]
    public void Lists_are_by_group_and_by_subscription()
    {
        MakeNetwork();
        string other = Client.Group("other", "westus");
        PutNetwork($"{other}/providers/Microsoft.Network/virtualNetworks/vnet2").ShouldBe(201);
        Answer list = Client.Get($"{Group}/providers/Microsoft.Network/virtualNetworks", Version).ShouldBe(200);
        Assert.Equal(["vnet"], Names(list));
        list = Client.Get($"{Client.Subscription}/providers/Microsoft.Network/virtualNetworks", Version).ShouldBe(200);
        Assert.Equal(["vnet", "vnet2"], Names(list));
    }

    [Fact]
    public void Tags_are_patched_at_once()
    {
        MakeNetwork();
        Answer answer = Client.Patch(Network, Version, """{"tags":{"a":"1"}}""").ShouldBe(200);
        Assert.Equal("""{"a":"1"}""", answer.Json["tags"]!.ToJsonString());
        Assert.Null(answer.Header("Azure-AsyncOperation"));
    }

    [Fact]
    public void All_api_versions_of_the_provider_are_answered_and_no_other()
    {
        MakeNetwork();
        foreach (string version in (string[])["2015-06-15", "2017-09-01", "2024-05-01"])
            Client.Get(Network, version).ShouldBe(200);
        Client.Refused("GET", Network, "2023-01-01", null, 400, "NoRegisteredProviderFound");
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Names(Answer answer) =>
        answer.Json["value"]!.AsArray().Select(static item => (string)item!["name"]!);
}
