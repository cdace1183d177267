using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests.Vms;

namespace ImageCmdlets.Sandbox.Tests.Galleries;

/// <summary>Machines made from definitions and versions.</summary>
public sealed class GalleryUseTests : IDisposable
{
    private readonly GalleryFixture _fixture = new();

    private SandboxClient Client => _fixture.Client;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_machine_of_a_version_has_its_disks_and_its_content()
    {
        string source = _fixture.Machines.Create(VmFixture.Linux);
        _fixture.Machines.Run("echo recognized > /opt/mark");
        _fixture.AddGallery();
        _fixture.AddDefinition(change: static properties =>
        {
            properties["osState"] = "Specialized";
            properties["hyperVGeneration"] = "V1";
        });
        _fixture.Put(_fixture.ImageVersion(), GalleryFixture.VersionBody(source));
        _fixture.Machines.Create(VmFixture.Linux, "copy", body => Use(body, _fixture.ImageVersion(), specialized: true));
        Assert.Contains("recognized", _fixture.Machines.Run("cat /opt/mark", "copy")[0], StringComparison.Ordinal);
        JsonNode storage = _fixture.Machines.Get("copy")["properties"]!["storageProfile"]!;
        Assert.Equal("1.0.0", (string?)storage["imageReference"]!["exactVersion"]);
        JsonObject disk = _fixture.Read((string)storage["osDisk"]!["managedDisk"]!["id"]!, GalleryFixture.DiskVersion);
        Assert.Equal(_fixture.ImageVersion(), (string?)disk["properties"]!["creationData"]!["galleryImageReference"]!["id"]);
    }

    [Fact]
    public void A_definition_means_its_latest_version_by_numbers()
    {
        foreach (string version in new[] { "1.9.0", "1.10.0", "2.0.0" }) _fixture.AddVersion(version, "westeurope");
        Assert.Equal("2.0.0", Latest("first"));
        _fixture.Finish(Client.Patch(_fixture.ImageVersion("2.0.0"), GalleryFixture.Version, """{"properties":{"publishingProfile":{"excludeFromLatest":true},"storageProfile":{}}}""").ShouldBe(200));
        Assert.Equal("1.10.0", Latest("second"));
        const string regional = """{"properties":{"publishingProfile":{"targetRegions":[{"name":"westeurope","excludeFromLatest":true}]},"storageProfile":{}}}""";
        Answer update = Client.Patch(_fixture.ImageVersion("1.10.0"), GalleryFixture.Version, regional).ShouldBe(200);
        Assert.Equal("1.9.0", Latest("while"));
        _fixture.Finish(update);
        Assert.Equal("1.9.0", Latest("after"));
        Client.Patch(_fixture.ImageVersion("1.9.0"), GalleryFixture.Version, """{"tags":{}}""").ShouldBe(200);
        Answer none = Refused(_fixture.Definition(), 404, "GalleryImageNotFound");
        Assert.Equal($"There is no latest image version exists for \"{_fixture.Definition()}\".", none.Message);
    }

    [Fact]
    public void A_version_must_have_arrived_in_the_region()
    {
        _fixture.AddVersion("1.0.0", "westeurope");
        JsonObject body = Body(_fixture.ImageVersion());
        body["location"] = "northeurope";
        Answer far = Client.Refused("PUT", _fixture.Machines.Vm(), VmFixture.Version, body.ToJsonString(), 404, "GalleryImageNotFound");
        Assert.Equal($"\"The gallery image {_fixture.ImageVersion()} is not available in northeurope region. Please contact image owner to replicate to this region, or change your requested region.\"", far.Message);
        Assert.Equal("imageReference", (string?)far.Json["error"]!["target"]);
        Refused(_fixture.ImageVersion("9.9.9"), 404, "GalleryImageNotFound");
        Refused(_fixture.Definition("none"), 404, "GalleryImageNotFound");
        string disk = $"{_fixture.Group}/providers/Microsoft.Compute/disks/os";
        Client.Put(_fixture.ImageVersion("1.0.1"), GalleryFixture.Version, GalleryFixture.DiskVersionBody(disk).ToJsonString()).ShouldBe(201);
        Refused(_fixture.ImageVersion("1.0.1"), 404, "GalleryImageNotFound");
    }

    [Fact]
    public void A_specialized_version_takes_no_profile_and_a_generalized_one_needs_it()
    {
        _fixture.AddGallery();
        _fixture.AddDefinition(change: static properties => properties["osState"] = "Specialized");
        _fixture.Put(_fixture.ImageVersion(), GalleryFixture.DiskVersionBody(_fixture.AddDisk()));
        Answer specialized = Refused(_fixture.ImageVersion(), 400, "InvalidParameter");
        Assert.Equal("Parameter 'osProfile' is not allowed.", specialized.Message);
        _fixture.AddDefinition("general");
        _fixture.Put(_fixture.ImageVersion("1.0.0", "general"), GalleryFixture.DiskVersionBody($"{_fixture.Group}/providers/Microsoft.Compute/disks/os"));
        JsonObject body = Body(_fixture.ImageVersion("1.0.0", "general"));
        body["properties"]!.AsObject().Remove("osProfile");
        Answer general = Client.Refused("PUT", _fixture.Machines.Vm(), VmFixture.Version, body.ToJsonString(), 400, "InvalidParameter");
        Assert.Equal("Required parameter 'osProfile' is missing (null).", general.Message);
    }

    [Fact]
    public void A_set_of_generalized_machines_takes_no_specialized_image()
    {
        _fixture.AddGallery();
        _fixture.AddDefinition("general");
        _fixture.AddDefinition(change: static properties => properties["osState"] = "Specialized");
        string disk = _fixture.AddDisk(), set = $"{_fixture.Group}/providers/Microsoft.Compute/virtualMachineScaleSets/web";
        _fixture.Put(_fixture.ImageVersion("1.0.0", "general"), GalleryFixture.DiskVersionBody(disk));
        _fixture.Put(_fixture.ImageVersion(), GalleryFixture.DiskVersionBody(disk));
        string network = $"{_fixture.Group}/providers/Microsoft.Network/virtualNetworks/vnet";
        Client.Finish(Client.Put(network, "2022-01-01", """
            {"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},
             "subnets":[{"name":"default","properties":{"addressPrefix":"10.0.0.0/20"}}]}}
            """).ShouldBe(201));
        string Body(string image) => $$"""
            { "location": "westeurope", "sku": { "name": "Standard_D2s_v5", "capacity": 1 }, "properties": { "upgradePolicy": { "mode": "Manual" },
              "virtualMachineProfile": { "storageProfile": { "imageReference": { "id": "{{image}}" } },
                "osProfile": { "computerNamePrefix": "web", "adminUsername": "azureuser", "adminPassword": "Sandbox-Pass-1" },
                "networkProfile": { "networkInterfaceConfigurations": [ { "name": "nic", "properties": { "primary": true, "ipConfigurations": [
                  { "name": "ip", "properties": { "subnet": { "id": "{{network}}/subnets/default" } } } ] } } ] } } } }
            """;
        Client.Finish(Client.Put(set, VmFixture.Version, Body(_fixture.ImageVersion("1.0.0", "general"))).ShouldBe(201));
        string image = $$"""{ "properties": { "virtualMachineProfile": { "storageProfile": { "imageReference": { "id": "{{_fixture.ImageVersion()}}" } } } } }""";
        Assert.Equal(
            "Cannot update Virtual Machine Scale Set web as the current OS state of the VM Scale Set is Generalized which is different from the " +
            "updated gallery image OS state which is Specialized.",
            Client.Refused("PATCH", set, VmFixture.Version, image, 400, "InvalidParameter").Message);
    }

    [Fact]
    public void An_image_of_a_trusted_machine_makes_only_such_machines()
    {
        _fixture.AddVersion();
        Client.Sandbox.World.Store.Find(_fixture.Definition())!.Properties["features"] = JsonNode.Parse("""[{"name":"SecurityType","value":"TrustedLaunch"}]""");
        Answer answer = Refused(_fixture.ImageVersion(), 400, "BadRequest");
        Assert.Equal("The provided gallery image only supports creation of VMs and VM Scale Sets with 'TrustedLaunch' security type.", answer.Message);
        JsonObject body = Body(_fixture.ImageVersion());
        body["properties"]!["securityProfile"] = new JsonObject { ["securityType"] = "TrustedLaunch" };
        Client.Put(_fixture.Machines.Vm(), VmFixture.Version, body.ToJsonString()).ShouldBe(201);
    }

    [Fact]
    public void A_disk_reference_to_a_gallery_has_a_name_of_its_own()
    {
        _fixture.AddVersion("1.0.0", "westeurope");
        string disk = $"{_fixture.Group}/providers/Microsoft.Compute/disks/d";
        string Body(string name) => new JsonObject
        {
            ["location"] = "westeurope",
            ["properties"] = new JsonObject
            {
                ["creationData"] = new JsonObject { ["createOption"] = "FromImage", [name] = new JsonObject { ["id"] = _fixture.ImageVersion() } },
            },
        }.ToJsonString();
        Answer answer = Client.Refused("PUT", disk, GalleryFixture.DiskVersion, Body("imageReference"), 400, "InvalidParameter");
        Assert.Equal("The value of parameter imageReference is invalid.", answer.Message);
        string elsewhere = Body("galleryImageReference").Replace("westeurope\",\"prop", "uksouth\",\"prop", StringComparison.Ordinal);
        Answer far = Client.Refused("PUT", disk, GalleryFixture.DiskVersion, elsewhere, 404, "GalleryImageNotFound");
        Assert.Equal("galleryImageReference", (string?)far.Json["error"]!["target"]);
    }

    private JsonObject Body(string image, string name = "web01", bool specialized = false)
    {
        JsonObject body = _fixture.Machines.Body(VmFixture.Linux, name);
        Use(body, image, specialized);
        return body;
    }

    private static void Use(JsonObject body, string image, bool specialized)
    {
        body["properties"]!["storageProfile"]!["imageReference"] = new JsonObject { ["id"] = image };
        if (specialized) body["properties"]!.AsObject().Remove("osProfile");
    }

    private Answer Refused(string image, int status, string code) =>
        Client.Refused("PUT", _fixture.Machines.Vm(), VmFixture.Version, Body(image).ToJsonString(), status, code);

    private string? Latest(string name) =>
        (string?)Client.Put(_fixture.Machines.Vm(name), VmFixture.Version, Body(_fixture.Definition(), name).ToJsonString())
            .ShouldBe(201).Json["properties"]!["storageProfile"]!["imageReference"]!["exactVersion"];
}
