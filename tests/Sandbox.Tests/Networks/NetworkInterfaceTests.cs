using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Networks;

namespace ImageCmdlets.Sandbox.Tests.Networks;

public sealed class NetworkInterfaceTests : NetworkFixture
{
    [Fact]
    public void An_interface_is_ready_in_the_answer_to_its_PUT()
    {
        MakeNetwork();
        Answer made = PutInterface(Interface).ShouldBe(201);
        Assert.NotNull(made.Header("Azure-AsyncOperation"));
        Assert.Null(made.Header("Retry-After"));
        Assert.Equal("Succeeded", (string?)Properties(made)["provisioningState"]);
        Assert.Equal(
            ["name", "id", "etag", "properties", "type", "location", "kind"], made.Json.Select(static property => property.Key));
        Assert.Equal(
            [
                "provisioningState", "resourceGuid", "ipConfigurations", "dnsSettings", "vnetEncryptionSupported",
                "enableIPForwarding", "hostedWorkloads", "tapConfigurations", "nicType", "allowPort25Out", "auxiliaryMode",
            ],
            ((JsonObject)Properties(made)).Select(static property => property.Key));
        Answer shown = Show(Interface);
        Assert.Equal((string?)made.Json["etag"], shown.Header("ETag"));
        JsonNode configuration = Properties(shown)["ipConfigurations"]![0]!;
        Assert.Equal(shown.Header("ETag"), (string?)configuration["etag"]);
        Assert.Equal($"{Interface}/ipConfigurations/ipconfig1", (string?)configuration["id"]);
        Assert.Equal(
            $$$"""{"provisioningState":"Succeeded","privateIPAddress":"10.0.0.4","privateIPAllocationMethod":"Dynamic","subnet":{"id":"{{{Subnet}}}"},"primary":true,"privateIPAddressVersion":"IPv4"}""",
            configuration["properties"]!.ToJsonString());
        Assert.Matches(
            @"^[a-z0-9]{26}\.cx\.internal\.cloudapp\.net$",
            (string?)Properties(shown)["dnsSettings"]!["internalDomainNameSuffix"]!);
        Finish(made);
    }

    [Fact]
    public void Private_addresses_are_given_from_4_upward_and_again_when_they_are_free()
    {
        MakeNetwork();
        string[] ids = [.. Enumerable.Range(0, 3).Select(i => Id($"networkInterfaces/nic{i}"))];
        Assert.Equal(["10.0.0.4", "10.0.0.5", "10.0.0.6"], ids.Select(id => Address(PutInterface(id).ShouldBe(201))));
        Assert.Equal("10.0.0.5", Address(PutInterface(ids[1]).ShouldBe(200)));
        Finish(Client.Delete(ids[0], Version).ShouldBe(202));
        Assert.Equal("10.0.0.4", Address(PutInterface(Interface).ShouldBe(201)));
    }

    [Theory]
    [InlineData("10.1.0.9", "PrivateIPAddressNotInSubnet")]
    [InlineData("10.0.0.3", "PrivateIPAddressInReservedRange")]
    [InlineData("10.0.0.255", "PrivateIPAddressInReservedRange")]
    [InlineData("10.0.0.4", "PrivateIPAddressIsAllocated")]
    [InlineData("ten", "InvalidIPAddressFormat")]
    public void A_bad_static_address_is_refused(string address, string code)
    {
        MakeNetwork();
        PutInterface(Id("networkInterfaces/first")).ShouldBe(201);
        Client.Advance(1);
        Client.Refused("PUT", Interface, Version, Static(address), 400, code);
        Assert.Equal("10.0.0.9", Address(Client.Put(Interface, Version, Static("10.0.0.9")).ShouldBe(201)));
    }

    [Fact]
    public void A_missing_subnet_or_one_of_another_region_is_an_invalid_reference()
    {
        Answer answer = PutInterface(Interface).ShouldBe(400);
        Assert.Equal("InvalidResourceReference", answer.Code);
        Assert.Equal(
            $"Resource {Subnet} referenced by resource {Interface} was not found. Please make sure that the referenced " +
            "resource exists, and that both resources are in the same region.",
            answer.Message);
        MakeNetwork();
        string body = Static("10.0.0.9").Replace("westus", "eastus", StringComparison.Ordinal);
        Client.Refused("PUT", Interface, Version, body, 400, "InvalidResourceReference");
    }

    [Fact]
    public void A_subnet_that_is_still_updating_asks_to_be_tried_again()
    {
        PutNetwork(Network).ShouldBe(201);
        Answer answer = PutInterface(Interface).ShouldBe(429);
        Assert.Equal("RetryableError", answer.Code);
        JsonNode detail = answer.Json["error"]!["details"]![0]!;
        Assert.Equal("ReferencedResourceNotProvisioned", (string?)detail["code"]);
        Assert.Equal(
            $"Cannot proceed with operation because resource {Subnet} used by resource {Interface} is not in Succeeded state. " +
            "Resource is in Updating state and the last operation that updated/is updating the resource is PutSubnetOperation.",
            (string?)detail["message"]);
        Client.Advance(10);
        PutInterface(Interface).ShouldBe(201);
    }

    [Theory]
    [InlineData("""{"subnet":{}}""", "MissingJsonReferenceId")]
    [InlineData("""{"subnet":{"id":"GatewaySubnet"}}""", "InvalidJsonReferenceFormat")]
    [InlineData("""{"privateIPAllocationMethod":"Dynamic"}""", "InvalidJson")]
    public void A_body_that_cannot_be_read_is_refused(string properties, string code)
    {
        string body = $$$"""{"location":"westus","properties":{"ipConfigurations":[{"name":"a","properties":{{{properties}}}}]}}""";
        Answer answer = Client.Refused("PUT", Interface, Version, body, 400, "InvalidRequestFormat");
        Assert.Equal(code, (string?)answer.Json["error"]!["details"]![0]!["code"]);
    }

    [Fact]
    public void An_interface_of_a_machine_knows_it_and_is_not_deleted()
    {
        MakeNetwork();
        Finish(PutPublicAddress(PublicAddress, "Basic", "Dynamic").ShouldBe(201));
        PutInterface(Interface, configuration: $$""","publicIPAddress":{"id":"{{PublicAddress}}"}""").ShouldBe(201);
        Assert.Null(Properties(Show(PublicAddress))["ipAddress"]);
        SandboxWorld world = Client.Sandbox.World;
        string machine = $"{Group}/providers/Microsoft.Compute/virtualMachines/vm";
        NetworkInterfaceUse.Check(world, Interface, machine, "West US");
        NetworkInterfaceUse.Attach(world, Interface, machine, primary: true);
        NetworkInterfaceUse.Started(world, Interface);

        JsonNode properties = Properties(Show(Interface));
        Assert.Equal(machine, (string?)properties["virtualMachine"]!["id"]);
        Assert.True((bool?)properties["primary"]);
        Assert.Matches("^60-45-BD-[0-9A-F]{2}-[0-9A-F]{2}-[0-9A-F]{2}$", (string?)properties["macAddress"]!);
        Assert.StartsWith("198.1", (string?)Properties(Show(PublicAddress))["ipAddress"], StringComparison.Ordinal);
        Answer refused = Client.Refused("DELETE", Interface, Version, null, 400, "NicInUse");
        Assert.Equal(
            $"Network Interface {Interface} is used by existing resource {machine}. In order to delete the network interface, " +
            "it must be dissociated from the resource. To learn more, see aka.ms/deletenic.",
            refused.Message);

        NetworkInterfaceUse.Released(world, Interface);
        Assert.Null(Properties(Show(PublicAddress))["ipAddress"]);
        NetworkInterfaceUse.Detach(world, Interface);
        Assert.Null(Properties(Show(Interface))["virtualMachine"]);
        Finish(Client.Delete(Interface, Version).ShouldBe(202));
    }

    [Fact]
    public void An_interface_goes_with_its_machine_and_takes_along_what_asks_for_it()
    {
        MakeNetwork();
        Finish(PutPublicAddress(PublicAddress, more: ",\"deleteOption\":\"Delete\"").ShouldBe(201));
        PutInterface(Interface, configuration: $$""","publicIPAddress":{"id":"{{PublicAddress}}"}""").ShouldBe(201);
        NetworkInterfaceUse.Delete(Client.Sandbox.World, Interface);
        Client.Get(Interface, Version).ShouldBe(404);
        Client.Get(PublicAddress, Version).ShouldBe(404);
        Finish(Client.Delete(Network, Version).ShouldBe(202));
    }

    [Fact]
    public void The_deletion_of_a_group_frees_what_it_used_in_others()
    {
        MakeNetwork();
        string other = Client.Group("other", "westus");
        PutInterface($"{other}/providers/Microsoft.Network/networkInterfaces/nic").ShouldBe(201);
        Client.Delete(other, SandboxClient.ResourcesVersion).ShouldBe(202);
        Client.Advance(120);
        Client.Get(other, SandboxClient.ResourcesVersion).ShouldBe(404);
        Finish(Client.Delete(Subnet, Version).ShouldBe(202));
    }

    private string Static(string address) =>
        $$$$"""
        {"location":"westus","properties":{"ipConfigurations":[{"name":"a","properties":{"privateIPAddress":"{{{{address}}}}",
        "privateIPAllocationMethod":"static","subnet":{"id":"{{{{Subnet}}}}"}}}]}}
        """;

    private static string? Address(Answer answer) =>
        (string?)Properties(answer)["ipConfigurations"]![0]!["properties"]!["privateIPAddress"];
}
