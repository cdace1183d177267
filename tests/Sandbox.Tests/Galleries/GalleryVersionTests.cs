using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Tests.Vms;

namespace ImageCmdlets.Sandbox.Tests.Galleries;

public sealed class GalleryVersionTests : IDisposable
{
    private const string Version = GalleryFixture.Version;

    private readonly GalleryFixture _fixture = new();

    public GalleryVersionTests() => _fixture.AddGallery();

    private SandboxClient Client => _fixture.Client;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_version_of_an_image_shows_its_disks_at_the_end()
    {
        string image = _fixture.AddImage();
        _fixture.AddDefinition(change: static properties => properties["hyperVGeneration"] = "V1");
        Answer put = Client.Put(_fixture.ImageVersion(), Version, GalleryFixture.VersionBody(image, "westeurope", "northeurope").ToJsonString()).ShouldBe(201);
        JsonObject started = put.Json["properties"]!.AsObject();
        Assert.Equal(["publishingProfile", "storageProfile", "safetyProfile", "provisioningState"], started.Select(static p => p.Key));
        Assert.Equal(
            """[{"name":"West Europe","regionalReplicaCount":1,"storageAccountType":"Standard_LRS"},{"name":"North Europe","regionalReplicaCount":1,"storageAccountType":"Standard_LRS"}]""",
            started["publishingProfile"]!["targetRegions"]!.ToJsonString());
        Assert.Equal(["source"], started["storageProfile"]!.AsObject().Select(static p => p.Key));
        Assert.Equal("Creating", (string?)started["provisioningState"]);
        Assert.Equal("Succeeded", (string?)_fixture.Finish(put)["status"]);
        JsonObject storage = _fixture.Read(_fixture.ImageVersion())["properties"]!["storageProfile"]!.AsObject();
        Assert.Equal(["source", "osDiskImage"], storage.Select(static p => p.Key));
        Assert.Equal(["sizeInGB", "hostCaching", "source"], storage["osDiskImage"]!.AsObject().Select(static p => p.Key));
        Assert.Equal("ReadWrite", (string?)storage["osDiskImage"]!["hostCaching"]);
    }

    [Fact]
    public void A_version_owes_nothing_to_its_source_and_holds_its_content()
    {
        _fixture.AddDefinition();
        string disk = _fixture.AddDisk();
        _fixture.AddVersion();
        _fixture.Finish(Client.Delete(disk, GalleryFixture.DiskVersion).ShouldBe(202));
        var creation = new JsonObject { ["createOption"] = "FromImage", ["galleryImageReference"] = new JsonObject { ["id"] = _fixture.ImageVersion() } };
        string copy = _fixture.AddDisk("copy", creation, null);
        JsonNode properties = _fixture.Read(copy, GalleryFixture.DiskVersion)["properties"]!;
        Assert.Equal("Linux", (string?)properties["osType"]);
        Assert.Equal("V2", (string?)properties["hyperVGeneration"]);
        Assert.Equal(2 * DiskSource.GiB, (long?)Client.Sandbox.World.Store.Find(copy)!.State["usedBytes"]);
        Assert.NotNull(Client.Sandbox.World.Store.Find(copy)!.State["guest"]);
    }

    [Fact]
    public void Disks_and_blobs_keep_their_sources_and_LUNs()
    {
        _fixture.AddDefinition();
        string os = _fixture.AddSnapshot("os", _fixture.AddDisk()), data = _fixture.AddDisk("data", new JsonObject { ["createOption"] = "Empty" }, 10);
        string account = $"{_fixture.Group}/providers/Microsoft.Storage/storageAccounts/acc";
        var storage = (JsonObject)JsonNode.Parse($$$"""
            {"osDiskImage":{"source":{"id":"{{{os}}}"}},
             "dataDiskImages":[{"lun":4,"source":{"id":"{{{data}}}"},"hostCaching":"None"},
                               {"lun":1,"source":{"storageAccountId":"{{{account}}}","uri":"https://acc.blob.core.windows.net/v/d.vhd"} }]}
            """)!;
        _fixture.Put(_fixture.ImageVersion(), GalleryFixture.VersionBody(storage));
        JsonNode shown = _fixture.Read(_fixture.ImageVersion())["properties"]!["storageProfile"]!;
        Assert.Equal($$$"""{"sizeInGB":30,"hostCaching":"ReadWrite","source":{"id":"{{{os}}}"}}""", shown["osDiskImage"]!.ToJsonString());
        Assert.Equal(
            $$$"""[{"lun":4,"sizeInGB":10,"hostCaching":"None","source":{"id":"{{{data}}}"}},{"lun":1,"sizeInGB":30,"hostCaching":"ReadOnly","source":{"uri":"https://acc.blob.core.windows.net/v/d.vhd","storageAccountId":"{{{account}}}"}}]""",
            shown["dataDiskImages"]!.ToJsonString());
        var creation = new JsonObject { ["createOption"] = "FromImage", ["galleryImageReference"] = new JsonObject { ["id"] = _fixture.ImageVersion(), ["lun"] = 4 } };
        Assert.Equal(10, (int?)_fixture.Read(_fixture.AddDisk("copy", creation, null), GalleryFixture.DiskVersion)["properties"]!["diskSizeGB"]);
        creation["galleryImageReference"]!["lun"] = 5;
        string body = new JsonObject { ["location"] = "westeurope", ["properties"] = new JsonObject { ["creationData"] = creation.DeepClone() } }.ToJsonString();
        Client.Refused("PUT", $"{_fixture.Group}/providers/Microsoft.Compute/disks/copy2", GalleryFixture.DiskVersion, body, 400, "InvalidParameter");
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.0.a")]
    [InlineData("1.0.4294967296")]
    [InlineData("latest")]
    public void A_bad_name_is_refused(string name)
    {
        _fixture.AddDefinition();
        Answer answer = Client.Refused("PUT", _fixture.ImageVersion(name), Version, GalleryFixture.VersionBody("x").ToJsonString(), 400, "InvalidParameter");
        Assert.Equal("The image version name is invalid. The image version name should follow Major(int).Minor(int).Patch(int) format, for e.g: 1.0.0, 2018.12.1 etc.", answer.Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"source":{}}""")]
    [InlineData("""{"source":{"id":"a"},"osDiskImage":{"source":{"id":"b"}}}""")]
    [InlineData("""{"source":{"id":"a","virtualMachineId":"b"}}""")]
    public void One_source_and_one_only(string storage)
    {
        _fixture.AddDefinition();
        string body = GalleryFixture.VersionBody((JsonObject)JsonNode.Parse(storage)!).ToJsonString();
        Answer answer = Client.Refused("PUT", _fixture.ImageVersion(), Version, body, 400, "InvalidParameter");
        Assert.Equal("The gallery artifact version source can only be specified either directly under storageProfile or within individual OS or data disks. One and only one source type (user image, snapshot, disk, virtual machine) can be provided.", answer.Message);
        Assert.Equal("galleryImageVersion.properties.storageProfile.source.id", (string?)answer.Json["error"]!["target"]);
    }

    [Fact]
    public void A_source_must_be_there_and_of_the_right_kind()
    {
        _fixture.AddDefinition();
        string compute = $"{_fixture.Group}/providers/Microsoft.Compute";
        Refused(GalleryFixture.VersionBody($"{compute}/images/none"), 404, "NotFound", $"Source {compute}/images/none is not found. Please check source exists, and is in the same region as gallery image version being created.");
        Refused(GalleryFixture.VersionBody($"{compute}/disks/none"), 400, "InvalidParameter", $"The source id: {compute}/disks/none must either be a managed image, virtual machine or another gallery image version");
        Refused(GalleryFixture.DiskVersionBody($"{compute}/images/none"), 400, "InvalidParameter", $"The source id: {compute}/images/none must be a managed disk or snapshot.");
        string elsewhere = _fixture.AddDisk("far", "northeurope");
        Refused(GalleryFixture.DiskVersionBody(elsewhere), 404, "NotFound", $"Source {elsewhere} is not found. Please check source exists, and is in the same region as gallery image version being created.");
        Refused(GalleryFixture.VersionBody(_fixture.ImageVersion("9.9.9")), 404, "NotFound", $"Source was not found: {_fixture.ImageVersion("9.9.9")}. Please make sure the source exists.");
        Client.Refused("PUT", _fixture.ImageVersion(), Version, GalleryFixture.VersionBody("img").ToJsonString(), 400, "LinkedInvalidPropertyId");
    }

    [Fact]
    public void Disks_must_differ()
    {
        _fixture.AddDefinition();
        string disk = _fixture.AddDisk(), data = _fixture.AddDisk("data", new JsonObject { ["createOption"] = "Empty" }, 10);
        JsonObject Disks(params string[] more) => GalleryFixture.VersionBody((JsonObject)JsonNode.Parse(
            $$$"""{"osDiskImage":{"source":{"id":"{{{disk}}}"}},"dataDiskImages":[{{{string.Join(",", more)}}}]}""")!);

        string zero = $$$"""{"lun":0,"source":{"id":"{{{data}}}"} }""", one = $$$"""{"lun":1,"source":{"id":"{{{data}}}"} }""";
        Refused(Disks(zero, zero), 400, "InvalidParameter", "Duplicated lun numbers have been detected in the input data disks. Lun number must be unique for each data disk.");
        Refused(Disks(zero, one), 400, "InvalidParameter", "Duplicated source ids are found in the input disks. Source id should be unique for each disk.");
        Refused(Disks($$$"""{"lun":64,"source":{"id":"{{{data}}}"} }"""), 400, "InvalidParameter", "The value of parameter galleryImageVersion.properties.storageProfile.dataDiskImages.lun is invalid.");
        string blob = $$$"""{"storageAccountId":"{{{_fixture.Group}}}/providers/Microsoft.Storage/storageAccounts/a","uri":"https://a.blob.core.windows.net/v/d.vhd"}""";
        var blobs = (JsonObject)JsonNode.Parse($$$"""{"osDiskImage":{"source":{{{blob}}} },"dataDiskImages":[{"lun":0,"source":{{{blob}}} }]}""")!;
        Refused(GalleryFixture.VersionBody(blobs), 400, "InvalidParameter", "OSDiskImage and DataDiskImage cannot point to same blob https://a.blob.core.windows.net/v/d.vhd");
    }

    [Fact]
    public void The_state_of_the_system_must_be_that_of_the_definition()
    {
        string image = _fixture.AddImage();
        _fixture.AddDefinition(change: static properties => properties["osState"] = "Specialized");
        Refused(GalleryFixture.VersionBody(image), 400, "BadRequest", $"Cannot create Gallery Image Version from: {image} since the OS State in the parent gallery image (Specialized) is not Generalized.");
        Refused(GalleryFixture.VersionBody(_fixture.Machines.Vm()), 400, "BadRequest", $"The resource with id '{_fixture.Machines.Vm()}' has a different OS state ['Generalized'] than the parent gallery image OS state ['Specialized'].");
    }

    [Theory]
    [InlineData("hyperVGeneration", "\"V1\"", "has a different Hypervisor generation ['V2'] than the parent gallery image Hypervisor generation ['V1'].")]
    [InlineData("osType", "\"Windows\"", "has a different OS type ['Linux'] than the parent gallery image OS type generation ['Windows'].")]
    [InlineData("architecture", "\"Arm64\"", "has a different architecture ['x64'] than the parent gallery image architecture ['Arm64'].")]
    [InlineData("features", """[{"name":"SecurityType","value":"TrustedLaunch"}]""", "has a different security type ['Standard'] than the parent gallery image security type ['TrustedLaunch'].")]
    public void What_else_does_not_fit_makes_the_operation_fail(string property, string value, string message)
    {
        _fixture.AddDefinition(change: properties => properties[property] = JsonNode.Parse(value));
        string disk = _fixture.AddDisk();
        JsonObject end = _fixture.Finish(Client.Put(_fixture.ImageVersion(), Version, GalleryFixture.DiskVersionBody(disk).ToJsonString()).ShouldBe(201));
        Assert.Equal("Failed", (string?)end["status"]);
        Assert.Equal("Conflict", (string?)end["error"]!["code"]);
        Assert.Equal($"The resource with id '{disk}' {message}", (string?)end["error"]!["message"]);
        JsonObject version = Client.Send("GET", $"{_fixture.ImageVersion()}?api-version={Version}&$expand=ReplicationStatus").ShouldBe(200).Json;
        Assert.Equal("Failed", (string?)version["properties"]!["provisioningState"]);
        Assert.Equal("Failed", (string?)version["properties"]!["replicationStatus"]!["aggregatedState"]);
    }

    [Fact]
    public void Images_for_both_kinds_of_security_are_not_made_of_disks()
    {
        _fixture.AddDefinition(change: static properties => properties["features"] = JsonNode.Parse("""[{"name":"SecurityType","value":"TrustedLaunchSupported"}]"""));
        string disk = _fixture.AddDisk();
        Refused(GalleryFixture.DiskVersionBody(disk), 400, "InvalidParameter", $"The security type 'TrustedLaunchSupported' is not supported for the source id '{disk}'. Currently only Vhd Blob, User Image and Gallery Image Version sources are supported for 'TrustedLaunchSupported' images.");
    }

    [Fact]
    public void A_running_machine_makes_a_specialized_version()
    {
        string vm = _fixture.Machines.Create(VmFixture.Linux);
        _fixture.AddDefinition(change: static properties =>
        {
            properties["osState"] = "Specialized";
            properties["hyperVGeneration"] = "V1";
        });
        var storage = new JsonObject { ["source"] = new JsonObject { ["virtualMachineId"] = vm } };
        _fixture.Put(_fixture.ImageVersion(), GalleryFixture.VersionBody(storage));
        JsonNode shown = _fixture.Read(_fixture.ImageVersion())["properties"]!["storageProfile"]!;
        Assert.Equal(vm, (string?)shown["source"]!["virtualMachineId"]);
        Assert.Equal("ReadWrite", (string?)shown["osDiskImage"]!["hostCaching"]);
        _fixture.AddDefinition("generalized", static properties => properties["hyperVGeneration"] = "V1");
        Client.Refused("PUT", _fixture.ImageVersion("1.0.0", "generalized"), Version, GalleryFixture.VersionBody(vm).ToJsonString(), 400, "BadRequest");
    }

    [Fact]
    public void A_version_can_be_made_of_another()
    {
        _fixture.AddVersion("1.0.0", "westeurope");
        _fixture.Put(_fixture.ImageVersion("1.0.1"), GalleryFixture.VersionBody(_fixture.ImageVersion()));
        Assert.Equal(30, (int?)_fixture.Read(_fixture.ImageVersion("1.0.1"))["properties"]!["storageProfile"]!["osDiskImage"]!["sizeInGB"]);
        JsonObject elsewhere = GalleryFixture.VersionBody(_fixture.ImageVersion());
        elsewhere["location"] = "northeurope";
        Client.Refused("PUT", _fixture.ImageVersion("1.0.2"), Version, elsewhere.ToJsonString(), 404, "NotFound");
    }

    [Fact]
    public void Old_api_versions_name_the_source_elsewhere()
    {
        string image = _fixture.AddImage();
        _fixture.AddDefinition(change: static properties => properties["hyperVGeneration"] = "V1");
        string body = $$$"""{"location":"westeurope","properties":{"publishingProfile":{"targetRegions":[{"name":"westeurope"}],"source":{"managedImage":{"id":"{{{image}}}"} } } } }""";
        Answer put = Client.Put(_fixture.ImageVersion(), "2018-06-01", body).ShouldBe(201);
        Assert.Equal(image, (string?)put.Json["properties"]!["publishingProfile"]!["source"]!["managedImage"]!["id"]);
        Assert.False(put.Json["properties"]!.AsObject().ContainsKey("safetyProfile"));
        _fixture.Finish(put);
        JsonObject old = _fixture.Read(_fixture.ImageVersion(), "2018-06-01");
        Assert.Equal(["type", "location", "id", "name", "properties"], old.Select(static p => p.Key));
        Assert.Equal(["publishingProfile", "provisioningState", "storageProfile"], old["properties"]!.AsObject().Select(static p => p.Key));
        Answer refused = Client.Refused("PUT", _fixture.ImageVersion("1.0.1"), "2018-06-01", GalleryFixture.VersionBody(image).ToJsonString(), 400, "InvalidParameter");
        Assert.Equal("Parameter 'galleryImageVersion.properties.storageProfile' is not allowed.", refused.Message);
    }

    private void Refused(JsonObject body, int status, string code, string message) =>
        Assert.Equal(message, Client.Refused("PUT", _fixture.ImageVersion(), Version, body.ToJsonString(), status, code).Message);
}
