using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.DiskEncryptionSets;

public sealed class DiskEncryptionSetTests : IDisposable
{
    private const string Version = "2022-03-02";
    private const string Vm = "2023-09-01";
    private const string KeyUrl = "https://vault.vault.azure.net/keys/key/0403edced5f34987809b71a8a128868d";

    private readonly SandboxClient _client = new();
    private readonly string _group;

    public DiskEncryptionSetTests() => _group = _client.Group("des", "westus");

    private string Set => Id("diskEncryptionSets/set");

    private string Disk => Id("disks/disk");

    [Fact]
    public void A_set_is_answered_as_it_was_sent_and_complete_when_its_operation_has_ended()
    {
        Answer made = _client.Put(Set, Version, Body()).ShouldBe(202);
        Assert.Equal(["location", "identity", "properties"], made.Json.Select(static property => property.Key));
        Assert.Equal("Updating", (string?)made.Json["properties"]!["provisioningState"]);
        JsonNode output = _client.Finish(made)["properties"]!["output"]!;
        JsonNode shown = _client.Get(Set, Version).ShouldBe(200).Json;
        Assert.Equal(output.ToJsonString(), shown.ToJsonString());
        Assert.True(Guid.TryParse((string?)shown["identity"]!["principalId"], out _));
        Assert.Equal(
            $$$"""{"activeKey":{"sourceVault":{"id":"{{{Id("vaults/v", "Microsoft.KeyVault")}}}"},"keyUrl":"{{{KeyUrl}}}"},"encryptionType":"EncryptionAtRestWithCustomerKey","provisioningState":"Succeeded"}""",
            shown["properties"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"location":"westus","properties":{"activeKey":{"keyUrl":"https://v.vault.azure.net/keys/k"}}}""", "identity")]
    [InlineData("""{"location":"westus","identity":{"type":"SystemAssigned"}}""", "activeKey")]
    [InlineData("""{"location":"westus","identity":{"type":"SystemAssigned"},"properties":{"activeKey":{}}}""", "activeKey.keyUrl")]
    [InlineData("""{"location":"westus","identity":{"type":"SystemAssigned"},"properties":{"activeKey":{"keyUrl":"ftp://x"}}}""", "activeKey.keyUrl")]
    [InlineData("""{"location":"westus","identity":{"type":"SystemAssigned"},"properties":{"encryptionType":"Rot13","activeKey":{"keyUrl":"https://v.vault.azure.net/keys/k"}}}""", "encryptionType")]
    public void A_set_needs_an_identity_and_a_key(string body, string target)
    {
        Answer refused = _client.Refused("PUT", Set, Version, body, 400, "InvalidParameter");
        Assert.Equal(target, (string?)refused.Json["error"]!["target"]);
    }

    [Fact]
    public void A_key_can_be_rotated_but_not_in_the_first_version()
    {
        Make();
        string rotated = Body().Replace("0403", "0404", StringComparison.Ordinal);
        Answer refused = _client.Refused("PUT", Set, "2019-07-01", rotated, 409, "OperationNotAllowed");
        Assert.StartsWith(
            $"Key rotation in disk encryption set is not supported in this version. Cannot change active key with key '{KeyUrl}'",
            refused.Message, StringComparison.Ordinal);
        _client.Finish(_client.Put(Set, "2023-04-02", rotated).ShouldBe(202));
        JsonNode properties = _client.Get(Set, "2023-04-02").Json["properties"]!;
        Assert.Contains("0404", (string?)properties["activeKey"]!["keyUrl"], StringComparison.Ordinal);
        Assert.NotNull(properties["lastKeyRotationTimestamp"]);
        _client.Refused(
            "PATCH", Set, Version, """{"properties":{"encryptionType":"EncryptionAtRestWithPlatformAndCustomerKeys"}}""", 409,
            "PropertyChangeNotAllowed");
        _client.Finish(_client.Patch(Set, Version, """{"tags":{"a":"b"}}""").ShouldBe(202));
        Assert.Equal("b", (string?)_client.Get(Set, Version).Json["tags"]!["a"]);
    }

    [Fact]
    public void A_disk_names_a_set_of_its_region_and_holds_it()
    {
        Make();
        string body = DiskBody(Set);
        _client.Refused("PUT", Disk, Version, DiskBody($"{Set}s"), 404, "NotFound");
        _client.Refused("PUT", Disk, Version, body.Replace("westus", "eastus", StringComparison.Ordinal), 404, "NotFound");
        _client.Refused(
            "PUT", Disk, Version, body.Replace($"\"diskEncryptionSetId\":\"{Set}\",", string.Empty, StringComparison.Ordinal), 400,
            "InvalidParameter");
        _client.Finish(_client.Put(Disk, Version, body).ShouldBe(202));
        Assert.Equal(
            $$"""{"diskEncryptionSetId":"{{Set}}","type":"EncryptionAtRestWithCustomerKey"}""",
            _client.Get(Disk, Version).Json["properties"]!["encryption"]!.ToJsonString());
        Assert.Equal([Disk], _client.Get($"{Set}/associatedResources", Version).ShouldBe(200).Json["value"]!.AsArray().Select(static id => (string?)id));
        Answer refused = _client.Refused("DELETE", Set, Version, null, 409, "OperationNotAllowed");
        Assert.Contains(Disk, refused.Message, StringComparison.Ordinal);
        _client.Finish(_client.Delete(Disk, Version).ShouldBe(202));
        _client.Finish(_client.Delete(Set, Version).ShouldBe(202));
        _client.Get(Set, Version).ShouldBe(404);
    }

    [Fact]
    public void A_disk_can_be_put_under_a_set_later()
    {
        Make();
        _client.Finish(_client.Put(Disk, Version, """{"location":"westus","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""").ShouldBe(202));
        Assert.Equal("EncryptionAtRestWithPlatformKey", (string?)_client.Get(Disk, Version).Json["properties"]!["encryption"]!["type"]);
        string patch = $$$"""{"properties":{"encryption":{"diskEncryptionSetId":"{{{Set}}}"} } }""";
        _client.Finish(_client.Patch(Disk, Version, patch).ShouldBe(202));
        Assert.Equal(Set, (string?)_client.Get(Disk, Version).Json["properties"]!["encryption"]!["diskEncryptionSetId"]);
    }

    [Fact]
    public void A_machine_shows_the_sets_of_its_disks()
    {
        Make();
        string machine = Machine(Set);
        JsonNode storage = _client.Get(machine, Vm).ShouldBe(200).Json["properties"]!["storageProfile"]!;
        foreach (JsonNode? disk in new[] { storage["osDisk"], storage["dataDisks"]![0] })
        {
            JsonNode managed = disk!["managedDisk"]!;
            Assert.Equal(Set, (string?)managed["diskEncryptionSet"]!["id"]);
            JsonNode encryption = _client.Get((string)managed["id"]!, Version).ShouldBe(200).Json["properties"]!["encryption"]!;
            Assert.Equal(Set, (string?)encryption["diskEncryptionSetId"]);
        }
    }

    private string Machine(string set)
    {
        string network = Id("virtualNetworks/vnet", "Microsoft.Network"), nic = Id("networkInterfaces/nic", "Microsoft.Network");
        _client.Finish(_client.Put(network, "2022-07-01", """
            {"location":"westus","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},
            "subnets":[{"name":"s","properties":{"addressPrefix":"10.0.0.0/24"}}]}}
            """).ShouldBe(201));
        _client.Put(nic, "2022-07-01", $$$"""
            {"location":"westus","properties":{"ipConfigurations":[{"name":"ip","properties":{"subnet":{"id":"{{{network}}}/subnets/s"} } }] } }
            """).ShouldBe(201);
        string machine = Id("virtualMachines/vm"), managed = $$$"""{"diskEncryptionSet":{"id":"{{{set}}}"} }""";
        _client.Finish(_client.Put(machine, Vm, $$$"""
            {"location":"westus","properties":{"hardwareProfile":{"vmSize":"Standard_DS1_v2"},"storageProfile":{
            "imageReference":{"publisher":"Canonical","offer":"0001-com-ubuntu-server-jammy","sku":"22_04-lts","version":"latest"},
            "osDisk":{"createOption":"FromImage","managedDisk":{{{managed}}} },
            "dataDisks":[{"lun":0,"createOption":"Empty","diskSizeGB":4,"managedDisk":{{{managed}}} }]},
            "osProfile":{"computerName":"vm","adminUsername":"azureuser","adminPassword":"Pa55-for-tests!"},
            "networkProfile":{"networkInterfaces":[{"id":"{{{nic}}}"}]} } }
            """).ShouldBe(201));
        return machine;
    }

    private void Make() => _client.Finish(_client.Put(Set, "2023-04-02", Body()).ShouldBe(202));

    private string Body() =>
        $$$"""
        {"location":"westus","identity":{"type":"SystemAssigned"},"properties":{"activeKey":{
        "sourceVault":{"id":"{{{Id("vaults/v", "Microsoft.KeyVault")}}}"},"keyUrl":"{{{KeyUrl}}}"} } }
        """;

    private static string DiskBody(string set) =>
        $$$"""
        {"location":"westus","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4,
        "encryption":{"diskEncryptionSetId":"{{{set}}}","type":"EncryptionAtRestWithCustomerKey"} } }
        """;

    private string Id(string typeAndName, string provider = "Microsoft.Compute") => $"{_group}/providers/{provider}/{typeAndName}";

    public void Dispose() => _client.Dispose();
}
