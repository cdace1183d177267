using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Tests.Disks;

public sealed class DiskTests : IDisposable
{
    private const string Version = "2023-04-02";
    private const string Empty = """{"location":"West Europe","tags":{},"sku":{"name":"Premium_LRS"},"properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":200}}""";

    private readonly SandboxClient _client = new();
    private readonly string _group;

    public DiskTests() => _group = _client.Group();

    private string Disks => $"{_group}/providers/Microsoft.Compute/disks";

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("4.5")]
    [InlineData("1e1")]
    [InlineData("1e400")]
    [InlineData("9223372036854775808")]
    public void A_size_is_a_whole_number(string size)
    {
        string body = $$$"""{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":{{{size}}}}}""";
        Answer answer = _client.Refused("PUT", $"{Disks}/d1", Version, body, 400, "InvalidParameter");
        Assert.Equal("The value of parameter diskSizeGB is invalid.", answer.Message);
    }

    [Fact]
    public void A_new_disk_is_202_with_an_echo_and_ends_as_the_output()
    {
        Answer put = _client.Put($"{Disks}/d1", Version, Empty).ShouldBe(202);
        Assert.Equal(
            $$"""
            {
              "name": "d1",
              "id": "{{Disks}}/d1",
              "type": "Microsoft.Compute/disks",
              "location": "West Europe",
              "tags": {},
              "sku": {
                "name": "Premium_LRS"
              },
              "properties": {
                "creationData": {
                  "createOption": "Empty"
                },
                "diskSizeGB": 200,
                "provisioningState": "Updating"
              }
            }
            """.ReplaceLineEndings("\r\n"),
            put.Text);
        string address = put.Header("Azure-AsyncOperation")!;
        string id = put.Header("x-ms-request-id")!;
        Assert.StartsWith($"{SandboxClient.Root}{_client.Subscription}/providers/Microsoft.Compute/locations/WestEurope/DiskOperations/{id}?p=", address, StringComparison.Ordinal);
        Assert.InRange(address.Length, 3000, 3400);
        Assert.Contains("&monitor=true&api-version=2023-04-02&t=", put.Header("Location"), StringComparison.Ordinal);
        Assert.Equal("2", put.Header("Retry-After"));
        Assert.Equal("Microsoft.Compute/CreateUpdateDisks3Min;2999,Microsoft.Compute/CreateUpdateDisks30Min;24999", put.Header("x-ms-ratelimit-remaining-resource"));

        JsonObject running = _client.Send("GET", address).Json;
        Assert.Equal(["startTime", "status", "name"], running.Select(static p => p.Key));
        Assert.Equal("2026-01-05T08:00:00+00:00", (string?)running["startTime"]);
        _client.Send("GET", put.Header("Location")!).ShouldBe(202);

        JsonObject done = _client.Finish(put);
        Assert.Equal(["startTime", "endTime", "status", "properties", "name"], done.Select(static p => p.Key));
        Assert.Equal("2026-01-05T08:00:00.1+00:00", (string?)done["endTime"]);
        JsonObject disk = _client.Get($"{Disks}/D1", Version).ShouldBe(200).Json;
        Assert.True(JsonNode.DeepEquals(disk, done["properties"]!["output"]));
        Assert.True(JsonNode.DeepEquals(disk, _client.Send("GET", put.Header("Location")!).ShouldBe(200).Json));
        JsonNode properties = disk["properties"]!;
        Assert.Equal("westeurope", (string?)disk["location"]);
        Assert.Equal("Premium", (string?)disk["sku"]!["tier"]);
        Assert.Equal(
            ["creationData", "diskSizeGB", "diskIOPSReadWrite", "diskMBpsReadWrite", "encryption", "networkAccessPolicy", "publicNetworkAccess", "timeCreated", "provisioningState", "diskState", "diskSizeBytes", "uniqueId", "tier"],
            properties.AsObject().Select(static p => p.Key));
        Assert.Equal("P15", (string?)properties["tier"]);
        Assert.Equal(1100, (int?)properties["diskIOPSReadWrite"]);
        Assert.Equal(214748364800, (long?)properties["diskSizeBytes"]);
        Assert.Equal("Unattached", (string?)properties["diskState"]);
    }

    [Fact]
    public void A_copy_keeps_the_size_and_tells_its_source()
    {
        string source = Make("d1", Empty);
        JsonObject copy = Read(Make("d2", Copy(source)));
        Assert.Equal(200, (int?)copy["properties"]!["diskSizeGB"]);
        Assert.Equal((string?)Read(source)["properties"]!["uniqueId"], (string?)copy["properties"]!["creationData"]!["sourceUniqueId"]);
        Assert.NotEqual((string?)Read(source)["properties"]!["uniqueId"], (string?)copy["properties"]!["uniqueId"]);
        Answer elsewhere = _client.Refused("PUT", $"{Disks}/d3", Version, Copy(source, "eastus"), 404, "NotFound");
        Assert.Equal("Resource d1 is not found.", elsewhere.Message);
        Assert.Null(elsewhere.Header("x-ms-failure-cause"));
        _client.Refused("PUT", $"{Disks}/d3", Version, Copy(source + "x"), 404, "NotFound");
        _client.Refused("PUT", $"{Disks}/d3", Version, Copy("nonsense"), 400, "LinkedInvalidPropertyId");
    }

    [Theory]
    [InlineData("_bad", Empty, 400, "InvalidParameter")]
    [InlineData("bad-", Empty, 400, "InvalidParameter")]
    [InlineData("d", "{}", 400, "LocationRequired")]
    [InlineData("d", """{"location":"atlantis"}""", 400, "LocationNotAvailableForResourceType")]
    [InlineData("d", """{"location":"westeurope","properties":{}}""", 400, "InvalidParameter")]
    [InlineData("d", """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"}}}""", 400, "InvalidParameter")]
    [InlineData("d", """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":0}}""", 400, "InvalidParameter")]
    [InlineData("d", """{"location":"westeurope","sku":{"name":"Gold"},"properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""", 400, "InvalidParameter")]
    [InlineData("d", """{"location":"westeurope","sku":{},"properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""", 400, "InvalidRequestContent")]
    [InlineData("d", """{"location":"westeurope","properties":{"creationData":{"createOption":"Magic"},"diskSizeGB":4}}""", 400, "InvalidParameter")]
    [InlineData("d", """{"location":"westeurope","properties":{"creationData":{"createOption":"Import","sourceUri":"file:///x"}}}""", 404, "DiskBlobNotFound")]
    public void A_bad_disk_is_refused(string name, string body, int status, string code) =>
        _client.Refused("PUT", $"{Disks}/{name}", Version, body, status, code);

    [Fact]
    public void The_name_rule_is_quoted_as_Compute_quotes_it() => Assert.Equal(
        @"The entity name '_bad' is invalid according to its validation rule: ^[^_\W][\w-._]{0,79}(?<![-.])$.",
        _client.Refused("PUT", $"{Disks}/_bad", Version, Empty, 400, "InvalidParameter").Message);

    [Fact]
    public void A_marketplace_image_gives_system_generation_and_size()
    {
        string id = "/Subscriptions/x/Providers/Microsoft.Compute/Locations/westeurope/Publishers/Canonical/ArtifactTypes/VMImage/Offers/ubuntu-24_04-lts/Skus/server/Versions/latest";
        string body = $$$$$"""{"location":"westeurope","properties":{"creationData":{"createOption":"FromImage","imageReference":{"id":"{{{{{id}}}}}"}}}}""";
        JsonNode properties = Read(Make("os", body))["properties"]!;
        Assert.Equal("Linux", (string?)properties["osType"]);
        Assert.Equal("V2", (string?)properties["hyperVGeneration"]);
        Assert.Equal(30, (int?)properties["diskSizeGB"]);
        Assert.Equal("x64", (string?)properties["supportedCapabilities"]!["architecture"]);
        _client.Refused("PUT", $"{Disks}/o", Version, body.Replace("Canonical", "Nobody"), 404, "NotFound");
        Answer small = _client.Refused("PUT", $"{Disks}/o", Version, body.Replace("\"properties\":{", "\"properties\":{\"diskSizeGB\":10,"), 409, "OperationNotAllowed");
        Assert.Equal("Disk with size 10GB, which is smaller than the size 30GB of corresponding disk in Image, is not allowed.", small.Message);
    }

    [Fact]
    public void A_disk_grows_and_never_shrinks()
    {
        string disk = Make("d1", Empty);
        Answer patch = _client.Patch(disk, Version, """{"properties":{"diskSizeGB":300},"sku":{"name":"Standard_LRS"}}""").ShouldBe(202);
        Assert.Equal("Updating", (string?)Read(disk)["properties"]!["provisioningState"]);
        _client.Refused("PATCH", disk, Version, """{"tags":{}}""", 409, "Conflict");
        _client.Finish(patch);
        JsonNode properties = Read(disk)["properties"]!;
        Assert.Equal(300, (int?)properties["diskSizeGB"]);
        Assert.Null(properties["tier"]);
        Answer shrink = _client.Refused("PATCH", disk, Version, """{"properties":{"diskSizeGB":100}}""", 409, "OperationNotAllowed");
        Assert.StartsWith($"The disk/snapshot resource with id {disk} cannot be resized down.", shrink.Message, StringComparison.Ordinal);
        _client.Refused("PUT", disk, Version, Copy(disk), 409, "PropertyChangeNotAllowed");
        _client.Refused("PUT", disk, Version, Empty.Replace("West Europe", "eastus"), 409, "InvalidResourceLocation");
    }

    [Fact]
    public void Access_opens_and_closes_and_holds_up_the_deletion()
    {
        string disk = Make("d1", Empty);
        Answer grant = _client.Post($"{disk}/beginGetAccess", Version, """{"access":"Read","durationInSeconds":600}""").ShouldBe(202);
        Assert.Empty(grant.Text);
        Assert.Equal("Unattached", State(disk));
        string sas = (string)_client.Finish(grant)["properties"]!["output"]!["accessSAS"]!;
        Assert.Matches(@"^https://md-[a-z0-9]{12}\.z\d+\.blob\.storage\.azure\.net/[a-z0-9]{12}/abcd\?sv=2018-03-28&sr=b&si=[0-9a-f-]{36}&sig=", sas);
        Assert.Equal("ActiveSAS", State(disk));
        Answer held = _client.Refused("DELETE", disk, Version, null, 409, "OperationNotAllowed");
        Assert.Contains("active shared access signature outstanding for disk d1", held.Message, StringComparison.Ordinal);
        JsonObject end = _client.Finish(_client.Post($"{disk}/endGetAccess", Version).ShouldBe(202));
        Assert.False(end.ContainsKey("properties"));
        Assert.Equal("Unattached", State(disk));
        Answer delete = _client.Delete(disk, Version).ShouldBe(202);
        _client.Finish(delete);
        _client.Delete(disk, Version).ShouldBe(204);
        _client.Get(disk, Version).ShouldBe(404);
    }

    [Fact]
    public void Expired_access_still_shows_but_holds_up_nothing()
    {
        string disk = Make("d1", Empty);
        _client.Finish(_client.Post($"{disk}/beginGetAccess", Version, """{"access":"Read","durationInSeconds":60}"""));
        Assert.Equal("ActiveSAS", State(disk));
        _client.Advance(60);
        Assert.Equal("ActiveSAS", State(disk));
        _client.Refused("POST", $"{disk}/beginGetAccess", Version, """{"access":"Read"}""", 400, "InvalidParameter");
        _client.Refused("POST", $"{disk}/beginGetAccess", Version, """{"access":"Write","durationInSeconds":60}""", 400, "InvalidParameter");
        _client.Finish(_client.Delete(disk, Version).ShouldBe(202));
        _client.Refused("POST", $"{Disks}/none/beginGetAccess", Version, """{"access":"Read","durationInSeconds":60}""", 404, "ResourceNotFound");
    }

    [Fact]
    public void An_attached_disk_names_its_machine_and_stays()
    {
        string disk = Make("d1", Empty), vm = $"{_group}/providers/Microsoft.Compute/virtualMachines/vm1";
        ResourceStore store = _client.Sandbox.World.Store;
        Assert.False(Read(disk)["properties"]!.AsObject().ContainsKey("LastOwnershipUpdateTime"));
        DateTimeOffset attached = _client.Sandbox.Clock.GetUtcNow();
        DiskAttachment.Attach(store.Find(disk)!, vm, attached);
        Assert.Equal(ArmTime.Format(attached), (string?)Read(disk)["properties"]!["LastOwnershipUpdateTime"]);
        Assert.Equal(vm.Replace("/images/", "/IMAGES/"), (string?)Read(disk)["managedBy"]);
        Assert.Equal("Attached", State(disk));
        Answer held = _client.Refused("DELETE", disk, Version, null, 409, "OperationNotAllowed");
        Assert.Equal($"Disk d1 is attached to VM {vm}.", held.Message);
        _client.Finish(_client.Patch(disk, Version, """{"tags":{"a":"b"}}""").ShouldBe(202));
        Assert.Equal("Attached", State(disk));

        store.Put(new ResourceEntry(vm, VmFacts.Type, new JsonObject { ["id"] = vm, ["name"] = "vm1" }));
        Answer access = _client.Refused("POST", $"{disk}/beginGetAccess", Version, """{"access":"Read","durationInSeconds":60}""", 409, "Conflict");
        Assert.Equal($"Access not permitted because disk d1 is currently attached to running VM {vm}.", access.Message);
        store.Find(vm)!.State[VmFacts.PowerStateKey] = VmFacts.Deallocated;
        _client.Finish(_client.Post($"{disk}/beginGetAccess", Version, """{"access":"Read","durationInSeconds":60}""").ShouldBe(202));
        DiskAttachment.Detach(store.Find(disk)!, attached);
        _client.Finish(_client.Post($"{disk}/endGetAccess", Version).ShouldBe(202));
        Assert.Equal("Unattached", State(disk));
        Assert.False(Read(disk).ContainsKey("managedBy"));
    }

    [Fact]
    public void Lists_of_a_subscription_upper_case_the_group()
    {
        Make("d1", Empty);
        JsonNode inGroup = _client.Get(Disks, Version).Json["value"]![0]!;
        JsonNode inSubscription = _client.Get($"{_client.Subscription}/providers/Microsoft.Compute/disks", Version).Json["value"]![0]!;
        Assert.Equal($"{Disks}/d1", (string?)inGroup["id"]);
        Assert.Equal($"{Disks}/d1".Replace("/images/", "/IMAGES/"), (string?)inSubscription["id"]);
    }

    private static string Copy(string source, string location = "westeurope") =>
        $$$$"""{"location":"{{{{location}}}}","properties":{"creationData":{"createOption":"Copy","sourceResourceId":"{{{{source}}}}"}}}""";

    private string Make(string name, string body)
    {
        Assert.Equal("Succeeded", (string?)_client.Finish(_client.Put($"{Disks}/{name}", Version, body).ShouldBe(202))["status"]);
        return $"{Disks}/{name}";
    }

    private JsonObject Read(string id) => _client.Get(id, Version).ShouldBe(200).Json;

    private string? State(string id) => (string?)Read(id)["properties"]!["diskState"];
}
