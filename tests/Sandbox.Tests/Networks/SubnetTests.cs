namespace ImageCmdlets.Sandbox.Tests.Networks;

public sealed class SubnetTests : NetworkFixture
{
    private const string Second = """{"properties":{"addressPrefix":"10.0.1.0/24"}}""";

    [Fact]
    public void A_subnet_is_added_within_a_second_and_its_network_is_busy_meanwhile()
    {
        MakeNetwork();
        Answer made = Client.Put($"{Network}/subnets/second", "2024-01-01", Second).ShouldBe(201);
        Assert.Equal("Updating", (string?)Properties(made)["provisioningState"]);
        Answer refused = Client.Refused(
            "PUT",
            $"{Network}/subnets/third",
            Version,
            """{"properties":{"addressPrefix":"10.0.2.0/24"}}""",
            409,
            "AnotherOperationInProgress");
        Assert.Contains(made.Header("x-ms-request-id")!, refused.Message, StringComparison.Ordinal);
        Finish(made);
        Assert.Equal(
            ["subnet", "second"],
            Properties(Show(Network))["subnets"]!.AsArray().Select(static subnet => (string)subnet!["name"]!));
        Answer shown = Show($"{Network}/subnets/second");
        Assert.Equal(shown.Header("ETag"), Show(Network).Header("ETag"));
        Assert.Equal("Succeeded", (string?)Properties(shown)["provisioningState"]);
    }

    [Fact]
    public void A_subnet_must_fit_its_network()
    {
        MakeNetwork();
        string id = $"{Network}/subnets/second";
        Client.Refused(
            "PUT", id, Version, """{"properties":{"addressPrefix":"10.1.0.0/24"}}""", 400, "NetcfgSubnetRangeOutsideVnet");
        Answer answer = Client.Refused(
            "PUT", id, Version, """{"properties":{"addressPrefix":"10.0.0.0/25"}}""", 400, "NetcfgSubnetRangesOverlap");
        Assert.Equal(
            "Subnet 'second' is not valid because its IP address range overlaps with that of an existing subnet in virtual " +
            "network 'vnet'.",
            answer.Message);
    }

    [Fact]
    public void A_subnet_of_no_network_cannot_be_made() =>
        Client.Refused("PUT", Subnet, Version, Second, 404, "ParentResourceNotFound");

    [Fact]
    public void A_missing_network_is_missed_by_the_front_end_and_a_missing_subnet_by_the_provider()
    {
        Answer answer = Client.Refused("GET", Subnet, Version, null, 404, "ResourceNotFound");
        Assert.Equal(
            "The Resource 'Microsoft.Network/virtualNetworks/vnet' under resource group 'net' was not found. " +
            "For more details please go to https://aka.ms/ARMResourceNotFoundFix",
            answer.Message);
        MakeNetwork();
        answer = Client.Refused("GET", $"{Network}/subnets/none", Version, null, 404, "NotFound");
        Assert.Equal($"Resource {Network}/subnets/none not found.", answer.Message);
        Assert.Null(answer.Header("x-ms-failure-cause"));
    }

    [Fact]
    public void The_configurations_in_a_subnet_are_shown_in_upper_case_by_GET_and_as_they_are_by_PUT()
    {
        MakeNetwork();
        PutInterface(Interface).ShouldBe(201);
        Assert.Equal(
            $"{Client.Subscription}/resourceGroups/NET/providers/Microsoft.Network/networkInterfaces/NIC/ipConfigurations/IPCONFIG1",
            (string?)Properties(Show(Subnet))["ipConfigurations"]![0]!["id"]);
        Answer put = Client.Put(Subnet, Version, """{"properties":{"addressPrefix":"10.0.0.0/24"}}""").ShouldBe(200);
        Assert.Equal(
            $"{Interface}/ipConfigurations/ipconfig1", (string?)Properties(put)["ipConfigurations"]![0]!["id"]);
    }

    [Fact]
    public void A_subnet_is_deleted_and_listed()
    {
        MakeNetwork();
        Finish(Client.Put($"{Network}/subnets/second", Version, Second).ShouldBe(201));
        Finish(Client.Delete(Subnet, Version).ShouldBe(202));
        Answer list = Client.Get($"{Network}/subnets", Version).ShouldBe(200);
        Assert.Equal($"{Network}/subnets/second", (string?)Assert.Single(list.Json["value"]!.AsArray())!["id"]);
    }
}
