using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Networks;

public sealed class PublicIPAddressTests : NetworkFixture
{
    [Fact]
    public void A_standard_address_is_static_and_has_its_number_once_it_is_provisioned()
    {
        Answer made = PutPublicAddress(PublicAddress).ShouldBe(201);
        Assert.Equal("3", made.Header("Retry-After"));
        Assert.Equal(
            [
                "provisioningState", "resourceGuid", "publicIPAddressVersion", "publicIPAllocationMethod",
                "idleTimeoutInMinutes", "ipTags",
            ],
            ((JsonObject)Properties(made)).Select(static property => property.Key));
        Assert.Equal("""{"name":"Standard","tier":"Regional"}""", made.Json["sku"]!.ToJsonString());
        Finish(made);
        string address = (string)Properties(Show(PublicAddress))["ipAddress"]!;
        Assert.Matches(@"^198\.1[89]\.\d{1,3}\.\d{1,3}$", address);
        Finish(PutPublicAddress(PublicAddress).ShouldBe(200));
        Assert.Equal(address, (string?)Properties(Show(PublicAddress))["ipAddress"]);
    }

    [Fact]
    public void Nulls_mean_a_basic_dynamic_address_without_number()
    {
        const string body = """{"location":"westus","properties":{"publicIPAllocationMethod":null}}""";
        Finish(Client.Put(PublicAddress, Version, body).ShouldBe(201));
        Answer shown = Show(PublicAddress);
        Assert.Equal("Dynamic", (string?)Properties(shown)["publicIPAllocationMethod"]);
        Assert.Equal("Basic", (string?)shown.Json["sku"]!["name"]);
        Assert.Null(Properties(shown)["ipAddress"]);
    }

    [Fact]
    public void A_standard_address_cannot_be_dynamic()
    {
        Answer answer = PutPublicAddress(PublicAddress, method: "Dynamic").ShouldBe(400);
        Assert.Equal("StandardSkuPublicIPAddressesMustBeStatic", answer.Code);
        Assert.Equal($"Standard sku publicIp {PublicAddress} must have AllocationMethod set to Static.", answer.Message);
    }

    [Fact]
    public void An_unknown_word_is_refused_with_its_place()
    {
        Answer answer = Client.Refused(
            "PUT",
            PublicAddress,
            Version,
            """{"location":"westus","properties":{"publicIPAllocationMethod":"playground"}}""",
            400,
            "InvalidRequestFormat");
        Assert.Equal(
            "Error converting value \"playground\" to type 'Microsoft.WindowsAzure.Networking.Nrp.Frontend.Contract.Csm.Public." +
            "IpAllocationMethod'. Path 'properties.publicIPAllocationMethod', line 1, position 74.",
            (string?)answer.Json["error"]!["details"]![0]!["message"]);
    }

    [Fact]
    public void A_name_belongs_to_one_address()
    {
        const string label = ",\"dnsSettings\":{\"domainNameLabel\":\"images\"}";
        Answer made = PutPublicAddress(PublicAddress, more: label).ShouldBe(201);
        Assert.Equal(
            """{"domainNameLabel":"images","fqdn":"images.westus.cloudapp.azure.com"}""",
            Properties(made)["dnsSettings"]!.ToJsonString());
        Answer refused = PutPublicAddress(Id("publicIPAddresses/other"), more: label).ShouldBe(400);
        Assert.Equal("DnsRecordInUse", refused.Code);
    }

    [Fact]
    public void An_address_in_use_is_neither_deleted_nor_given_to_another()
    {
        MakeNetwork();
        Finish(PutPublicAddress(PublicAddress).ShouldBe(201));
        string reference = $$""","publicIPAddress":{"id":"{{PublicAddress}}"}""";
        PutInterface(Interface, configuration: reference).ShouldBe(201);
        string configuration = $"{Interface}/ipConfigurations/ipconfig1";
        Assert.Equal(configuration, (string?)Properties(Show(PublicAddress))["ipConfiguration"]!["id"]);
        Answer answer = Client.Refused("DELETE", PublicAddress, Version, null, 400, "PublicIPAddressCannotBeDeleted");
        Assert.StartsWith(
            $"Public IP address {PublicAddress} can not be deleted since it is still allocated to resource {configuration}.",
            answer.Message,
            StringComparison.Ordinal);
        Assert.Equal(
            "PublicIPAddressInUse", PutInterface(Id("networkInterfaces/other"), configuration: reference).ShouldBe(400).Code);
        PutInterface(Interface).ShouldBe(200);
        Assert.Null(Properties(Show(PublicAddress))["ipConfiguration"]);
        Finish(Client.Delete(PublicAddress, Version).ShouldBe(202));
    }
}
