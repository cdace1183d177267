using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Tests.Images;

public sealed class ImageTests : IDisposable
{
    private const string Version = "2024-07-01";
    private const string DiskVersion = "2023-04-02";

    private readonly SandboxClient _client = new();
    private readonly string _group;
    private readonly string _osDisk;
    private readonly ResourceEntry _vm;

    public ImageTests()
    {
        _group = _client.Group();
        string id = $"/Subscriptions/{_client.Sandbox.SubscriptionId}/Providers/Microsoft.Compute/Locations/westeurope/Publishers/Canonical/ArtifactTypes/VMImage/Offers/ubuntu-24_04-lts/Skus/server/Versions/latest";
        _osDisk = Disk("os", new JsonObject { ["createOption"] = "FromImage", ["imageReference"] = new JsonObject { ["id"] = id } });
        string data = Disk("data", new JsonObject { ["createOption"] = "Empty" }, 10);
        _vm = PlantVm(data);
    }

    private string Image => $"{_group}/providers/Microsoft.Compute/images/i1";

    public void Dispose() => _client.Dispose();

    [Fact]
    public void An_image_of_a_machine_shows_its_disks_at_once_and_their_sizes_at_the_end()
    {
        Answer put = _client.Put(Image, Version, FromVm()).ShouldBe(201);
        Assert.Equal("Enabled", put.Header("Azure-AsyncNotification"));
        Assert.Null(put.Header("Location"));
        Assert.Equal("Microsoft.Compute/CreateImagesSubscriptionMaximum;59", put.Header("x-ms-ratelimit-remaining-resource"));
        JsonNode started = put.Json["properties"]!;
        Assert.Equal(["sourceVirtualMachine", "storageProfile", "provisioningState", "hyperVGeneration"], started.AsObject().Select(static p => p.Key));
        Assert.Equal(["osType", "osState", "managedDisk", "caching", "storageAccountType"], started["storageProfile"]!["osDisk"]!.AsObject().Select(static p => p.Key));
        Assert.Equal("Creating", (string?)started["provisioningState"]);
        Assert.Equal("V2", (string?)started["hyperVGeneration"]);
        JsonObject done = _client.Finish(put);
        Assert.Equal(["startTime", "endTime", "status", "name"], done.Select(static p => p.Key));
        JsonNode profile = Read()["properties"]!["storageProfile"]!;
        Assert.Equal(30, (int?)profile["osDisk"]!["diskSizeGB"]);
        Assert.Equal("ReadWrite", (string?)profile["osDisk"]!["caching"]);
        Assert.Equal("Premium_LRS", (string?)profile["osDisk"]!["storageAccountType"]);
        JsonNode data = Assert.Single(profile["dataDisks"]!.AsArray())!;
        Assert.Equal(["lun", "diskSizeGB", "managedDisk", "caching", "storageAccountType"], data.AsObject().Select(static p => p.Key));
        Assert.Equal(3, (int?)data["lun"]);
        Assert.Equal(10, (int?)data["diskSizeGB"]);
    }

    [Theory]
    [InlineData("running", true, "OperationNotAllowed", "Operation 'Create Image' is not allowed on VM 'vm1' since the VM is not deallocated.")]
    [InlineData("deallocated", false, "OperationNotAllowed", "The operation 'Create Image' requires the Virtual Machine 'vm1' to be Generalized.")]
    public void A_machine_must_be_generalized_and_deallocated(string power, bool generalized, string code, string message)
    {
        _vm.State["powerState"] = power;
        _vm.State["generalized"] = generalized;
        Assert.Equal(message, _client.Refused("PUT", Image, Version, FromVm(), 409, code).Message);
    }

    [Fact]
    public void A_machine_elsewhere_is_not_found()
    {
        Answer answer = _client.Refused("PUT", Image, Version, FromVm("eastus"), 404, "NotFound");
        Assert.Equal("Source Virtual Machine 'vm1' specified in the request does not exist in this Azure location.", answer.Message);
    }

    [Fact]
    public void Trusted_Launch_Arm64_and_the_wrong_generation_are_refused()
    {
        Answer wrong = _client.Refused("PUT", Image, Version, FromVm(generation: "V1"), 400, "InvalidParameter");
        Assert.Equal("The Input HyperVGeneration property: 'V1' does not match with the HyperVGeneration property: 'Gen2' belonging to source: 'sourceVirtualMachine'.", wrong.Message);
        _vm.Properties["securityProfile"] = new JsonObject { ["securityType"] = "TrustedLaunch" };
        Answer trusted = _client.Refused("PUT", Image, Version, FromVm(), 409, "OperationNotAllowed");
        Assert.Equal("Creation of managed images are not supported for virtual machine with TrustedLaunch security type.", trusted.Message);
        _vm.Properties.Remove("securityProfile");
        _client.Sandbox.World.Store.Find(_osDisk)!.Properties["supportedCapabilities"]!["architecture"] = "Arm64";
        Answer arm = _client.Refused("PUT", Image, Version, FromVm(), 409, "OperationNotAllowed");
        Assert.Equal("Creating an image with sourceVirtualMachine source that has CPU Architecture 'Arm64' is not supported. Please select a source resource with a supported CPU Architecture: 'x64'.", arm.Message);
    }

    [Fact]
    public void An_image_of_a_snapshot_gets_the_defaults()
    {
        string snapshot = Snapshot("s1");
        _client.Finish(_client.Put(Image, Version, FromDisk("snapshot", snapshot)).ShouldBe(201));
        JsonNode disk = Read()["properties"]!["storageProfile"]!["osDisk"]!;
        Assert.Equal("None", (string?)disk["caching"]);
        Assert.Equal("Standard_LRS", (string?)disk["storageAccountType"]);
        Assert.Equal(snapshot, (string?)disk["snapshot"]!["id"]);
        Assert.Equal(30, (int?)disk["diskSizeGB"]);
        Assert.Empty(Read()["properties"]!["storageProfile"]!["dataDisks"]!.AsArray());
        _client.Refused("PUT", Image + "2", Version, FromDisk("snapshot", snapshot, "eastus"), 404, "NotFound");
        _client.Refused("PUT", Image + "2", Version, FromDisk("managedDisk", snapshot), 400, "InvalidParameter");
        Answer other = _client.Refused("PUT", Image, Version, FromVm(), 409, "PropertyChangeNotAllowed");
        Assert.Equal("Changing property 'sourceVirtualMachine' is not allowed.", other.Message);
    }

    [Fact]
    public void An_image_of_blobs_must_say_its_generation()
    {
        string blob = """{"location":"westeurope","properties":{"storageProfile":{"osDisk":{"osType":"Windows","osState":"Generalized","blobUri":"https://acc.blob.core.windows.net/v/os.vhd"}}}}""";
        Answer missing = _client.Refused("PUT", Image, Version, blob, 400, "InvalidParameter");
        Assert.Equal("Required parameter 'hyperVGeneration' is missing (null).", missing.Message);
        _client.Finish(_client.Put(Image, "2018-10-01", blob).ShouldBe(201));
        Assert.False(Read()["properties"]!.AsObject().ContainsKey("hyperVGeneration"));
        Assert.Equal(127, (int?)Read()["properties"]!["storageProfile"]!["osDisk"]!["diskSizeGB"]);
        _client.Refused("PUT", Image + "2", "2018-10-01", blob.Replace("https://acc.blob.core.windows.net/v/os.vhd", "https://x/y"), 404, "ImageBlobNotFound");
    }

    [Theory]
    [InlineData("""{"location":"westeurope"}""")]
    [InlineData("""{"location":"westeurope","properties":{"storageProfile":{}}}""")]
    [InlineData("""{"location":"westeurope","properties":{"storageProfile":{"osDisk":{"osType":"Linux"}}}}""")]
    [InlineData("""{"location":"westeurope","properties":{"storageProfile":{"osDisk":{"osType":"BeOS","osState":"Generalized"}}}}""")]
    [InlineData("""{"location":"westeurope","properties":{"storageProfile":{"osDisk":{"osType":"Linux","osState":"Generalized"}}}}""")]
    public void A_bad_image_is_refused(string body) => _client.Refused("PUT", Image, Version, body, 400, "InvalidParameter");

    [Fact]
    public void Tags_change_by_PATCH_and_the_rest_does_not()
    {
        _client.Finish(_client.Put(Image, Version, FromVm()).ShouldBe(201));
        Answer patch = _client.Patch(Image, Version, """{"tags":{"owner":"me"}}""").ShouldBe(200);
        Assert.Equal("Updating", (string?)patch.Json["properties"]!["provisioningState"]);
        Assert.NotNull(patch.Header("Azure-AsyncOperation"));
        _client.Refused("PATCH", Image, Version, """{"tags":{}}""", 409, "Conflict");
        _client.Finish(patch);
        Assert.Equal("me", (string?)Read()["tags"]!["owner"]);
        _client.Refused("PATCH", Image, Version, """{"properties":{"hyperVGeneration":"V1"}}""", 409, "PropertyChangeNotAllowed");
    }

    [Fact]
    public void Deletion_ends_in_404_and_then_204()
    {
        _client.Finish(_client.Put(Image, Version, FromVm()).ShouldBe(201));
        Answer delete = _client.Delete(Image, Version).ShouldBe(202);
        Assert.NotNull(delete.Header("Location"));
        Assert.Equal("Deleting", (string?)Read()["properties"]!["provisioningState"]);
        _client.Refused("PATCH", Image, Version, """{"tags":{}}""", 409, "OperationNotAllowed");
        _client.Finish(delete);
        Assert.Empty(_client.Send("GET", delete.Header("Location")!).ShouldBe(200).Text);
        _client.Get(Image, Version).ShouldBe(404);
        _client.Delete(Image, Version).ShouldBe(204);
    }

    [Fact]
    public void An_image_in_use_is_not_deleted()
    {
        _client.Finish(_client.Put(Image, Version, FromVm()).ShouldBe(201));
        _vm.ProvisioningState = "Creating";
        _vm.Properties["storageProfile"]!["imageReference"] = new JsonObject { ["id"] = Image.ToUpperInvariant() };
        Answer answer = _client.Refused("DELETE", Image, Version, null, 409, "OperationNotAllowed");
        Assert.Equal("Operation 'Image Delete' is not allowed since the Virtual Machines 'vm1' are being provisioned using the Image 'i1'.", answer.Message);
    }

    [Fact]
    public void No_disk_is_made_from_the_image()
    {
        _client.Finish(_client.Put(Image, Version, FromVm()).ShouldBe(201));
        var body = new JsonObject
        {
            ["location"] = "westeurope",
            ["properties"] = new JsonObject
            {
                ["creationData"] = new JsonObject { ["createOption"] = "FromImage", ["imageReference"] = new JsonObject { ["id"] = Image } },
            },
        };
        _client.Refused("PUT", $"{_group}/providers/Microsoft.Compute/disks/copy", DiskVersion, body.ToJsonString(), 400, "InvalidParameter");
    }

    private string FromVm(string location = "westeurope", string? generation = null)
    {
        var body = new JsonObject
        {
            ["location"] = location,
            ["properties"] = new JsonObject { ["sourceVirtualMachine"] = new JsonObject { ["id"] = _vm.Id } },
        };
        if (generation is not null) body["properties"]!["hyperVGeneration"] = generation;
        return body.ToJsonString();
    }

    private static string FromDisk(string kind, string id, string location = "westeurope") => new JsonObject
    {
        ["location"] = location,
        ["properties"] = new JsonObject
        {
            ["storageProfile"] = new JsonObject
            {
                ["osDisk"] = new JsonObject { ["osType"] = "Linux", ["osState"] = "Generalized", [kind] = new JsonObject { ["id"] = id } },
            },
        },
    }.ToJsonString();

    private string Snapshot(string name)
    {
        string id = $"{_group}/providers/Microsoft.Compute/snapshots/{name}";
        _client.Finish(_client.Put(id, "2023-10-02", new JsonObject
        {
            ["location"] = "westeurope",
            ["properties"] = new JsonObject { ["creationData"] = new JsonObject { ["createOption"] = "Copy", ["sourceResourceId"] = _osDisk } },
        }.ToJsonString()).ShouldBe(202));
        return id;
    }

    private string Disk(string name, JsonObject creation, int? size = null)
    {
        string id = $"{_group}/providers/Microsoft.Compute/disks/{name}";
        var properties = new JsonObject { ["creationData"] = creation };
        if (size is not null) properties["diskSizeGB"] = size;
        var body = new JsonObject { ["location"] = "westeurope", ["sku"] = new JsonObject { ["name"] = "Premium_LRS" }, ["properties"] = properties };
        _client.Finish(_client.Put(id, DiskVersion, body.ToJsonString()).ShouldBe(202));
        return id;
    }

    // Straight into the store: these tests are about images, whatever the provider of machines demands.
    private ResourceEntry PlantVm(string dataDisk)
    {
        string id = $"{_group}/providers/Microsoft.Compute/virtualMachines/vm1";
        string body = $$$$$"""
            {
              "name": "vm1", "id": "{{{{{id}}}}}", "type": "{{{{{VmFacts.Type}}}}}", "location": "westeurope",
              "properties": {
                "provisioningState": "Succeeded",
                "storageProfile": {
                  "osDisk": { "osType": "Linux", "name": "os", "caching": "ReadWrite", "managedDisk": { "storageAccountType": "Premium_LRS", "id": "{{{{{_osDisk}}}}}" } },
                  "dataDisks": [ { "lun": 3, "name": "data", "caching": "None", "managedDisk": { "id": "{{{{{dataDisk}}}}}" } } ]
                }
              }
            }
            """;
        var vm = new ResourceEntry(id, VmFacts.Type, (JsonObject)Json.JsonText.Parse(body)!);
        vm.State["powerState"] = VmFacts.Deallocated;
        vm.State["generalized"] = true;
        _client.Sandbox.World.Store.Put(vm);
        return vm;
    }

    private JsonObject Read() => _client.Get(Image, Version).ShouldBe(200).Json;
}
