using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Galleries;

public sealed class ReplicationTests : IDisposable
{
    private const string Version = GalleryFixture.Version;

    private readonly GalleryFixture _fixture = new();

    private SandboxClient Client => _fixture.Client;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Regions_are_copied_one_after_the_home_region_with_progress()
    {
        _fixture.AddGallery();
        _fixture.AddDefinition();
        string disk = _fixture.AddDisk();
        Answer put = Client.Put(_fixture.ImageVersion(), Version, GalleryFixture.DiskVersionBody(disk, "North Europe", "westeurope").ToJsonString()).ShouldBe(201);
        Assert.Equal("InProgress northeurope:Replicating:0 westeurope:Replicating:0", Status());
        Client.Advance(30 + 160);
        Assert.Equal("InProgress northeurope:Replicating:0 westeurope:Replicating:50", Status());
        Client.Advance(160 + 125);
        Assert.Equal("InProgress northeurope:Replicating:50 westeurope:Completed:100", Status());
        Assert.Equal("Creating", (string?)_fixture.Read(_fixture.ImageVersion())["properties"]!["provisioningState"]);
        _fixture.Finish(put);
        Assert.Equal("Completed northeurope:Completed:100 westeurope:Completed:100", Status());
        Assert.False(_fixture.Read(_fixture.ImageVersion())["properties"]!.AsObject().ContainsKey("replicationStatus"));
    }

    [Fact]
    public void More_regions_and_more_bytes_take_longer()
    {
        double one = Seconds("1.0.0", "westeurope"), two = Seconds("1.0.1", "westeurope", "northeurope");
        double three = Seconds("1.0.2", "westeurope", "northeurope", "uksouth");
        Assert.Equal(470, one);
        Assert.Equal(720, two);
        Assert.Equal(735, three);
        Client.Sandbox.World.Store.Find($"{_fixture.Group}/providers/Microsoft.Compute/disks/os")!.State["usedBytes"] = 12L << 30;
        Assert.Equal(670, Seconds("1.0.3", "westeurope"));
    }

    [Fact]
    public void A_shallow_version_is_there_soon()
    {
        _fixture.AddVersion();
        JsonObject body = GalleryFixture.DiskVersionBody($"{_fixture.Group}/providers/Microsoft.Compute/disks/os", "westeurope");
        body["properties"]!["publishingProfile"]!["replicationMode"] = "Shallow";
        Answer put = Client.Put(_fixture.ImageVersion("1.0.1"), Version, body.ToJsonString()).ShouldBe(201);
        Assert.Equal("Shallow", (string?)put.Json["properties"]!["publishingProfile"]!["replicationMode"]);
        Assert.Equal(180, Elapsed(_fixture.Finish(put)));
        body["properties"]!["publishingProfile"]!["replicationMode"] = "Full";
        Answer changed = Client.Refused("PUT", _fixture.ImageVersion("1.0.1"), Version, body.ToJsonString(), 409, "PropertyChangeNotAllowed");
        Assert.Equal("Changing property 'galleryImageVersion.properties.publishingProfile.replicationMode' is not allowed.", changed.Message);
    }

    [Fact]
    public void An_update_adds_a_region_and_the_others_stay_usable()
    {
        _fixture.AddVersion("1.0.0", "westeurope");
        Answer put = Client.Put(_fixture.ImageVersion(), Version, Regions(""" {"name":"westeurope"},{"name":"uksouth","regionalReplicaCount":3,"excludeFromLatest":true,"storageAccountType":"Standard_ZRS"} """)).ShouldBe(200);
        Assert.Equal("Updating", (string?)put.Json["properties"]!["provisioningState"]);
        Assert.Equal(
            """{"name":"UK South","regionalReplicaCount":3,"storageAccountType":"Standard_ZRS","excludeFromLatest":true}""",
            put.Json["properties"]!["publishingProfile"]!["targetRegions"]![1]!.ToJsonString());
        Assert.Equal("InProgress westeurope:Completed:100 uksouth:Replicating:0", Status());
        Client.Refused("PUT", _fixture.ImageVersion(), Version, Regions("""{"name":"westeurope"}"""), 409, "Conflict");
        Assert.Equal(420, Elapsed(_fixture.Finish(put)));
        Assert.Equal("Completed westeurope:Completed:100 uksouth:Completed:100", Status());
        Assert.Equal(150, Elapsed(_fixture.Finish(Client.Patch(_fixture.ImageVersion(), Version, """{"tags":{"a":"b"}}""").ShouldBe(200))));
    }

    [Fact]
    public void Regions_are_given_up_only_when_the_safety_profile_says_so()
    {
        _fixture.AddVersion("1.0.0", "westeurope", "uksouth");
        Answer refused = Client.Refused("PUT", _fixture.ImageVersion(), Version, Regions("""{"name":"westeurope"}"""), 400, "BadRequest");
        Assert.Equal("Complete set of target locations not specified while updating gallery artifact '1.0.0' and type 'GalleryImageVersion'. Deletion of previously replicated locations is not allowed, and you need to specify a complete set of target locations in the update request or specify null or empty set for target regions in the update request or set allow deletion of replicated locations under safety profile property. To figure out complete set of target locations, you can perform a get first on gallery artifact", refused.Message);
        _fixture.Finish(Client.Put(_fixture.ImageVersion(), Version, Regions(string.Empty)).ShouldBe(200));
        Assert.Equal("Completed westeurope:Completed:100 uksouth:Completed:100", Status());
        _fixture.Finish(Client.Put(_fixture.ImageVersion(), Version, Regions("""{"name":"westeurope"}""", safe: true)).ShouldBe(200));
        Assert.Equal("Completed westeurope:Completed:100", Status());
    }

    [Theory]
    [InlineData("""{"name":"northeurope"}""", "Gallery image version publishing profile regions 'northeurope' must contain the location of image version 'West Europe'.")]
    [InlineData("""{"name":"westeurope"},{"name":"West Europe"}""", "Duplicate regions are not allowed in target publishing regions.")]
    [InlineData("""{"name":"atlantis"}""", "The value of parameter galleryImageVersion.properties.publishingProfile.targetRegions.name is invalid.")]
    [InlineData("""{"name":"westeurope"},{"name":"westus","storageAccountType":"Standard_ZRS"}""", "ZRS storage account type is not supported in this region.")]
    [InlineData("""{"name":"westeurope","regionalReplicaCount":0}""", "The value '0' of parameter 'galleryImageVersion.properties.publishingProfile.targetRegions.regionalReplicaCount' is out of range. The value must be between '1' and '100', inclusive.")]
    [InlineData("""{"name":"westeurope","storageAccountType":"Tape"}""", "The value of parameter galleryImageVersion.properties.publishingProfile.storageAccountType is invalid.")]
    public void Bad_regions_are_refused(string regions, string message)
    {
        _fixture.AddVersion();
        Assert.Equal(message, Client.Refused("PUT", _fixture.ImageVersion(), Version, Regions(regions), 400, "InvalidParameter").Message);
    }

    [Theory]
    [InlineData("""{"source":{"id":"/subscriptions/x"}}""", "storageProfile.source.id")]
    [InlineData("""{"osDiskImage":{"source":{"id":"/subscriptions/x"}}}""", "storageProfile.osDiskImage.source.id")]
    [InlineData("""{"osDiskImage":{"hostCaching":"None"}}""", "storageProfile.osDiskImage.hostCaching")]
    public void The_bytes_of_a_version_cannot_change(string storage, string property)
    {
        _fixture.AddVersion();
        string body = GalleryFixture.VersionBody((JsonObject)JsonNode.Parse(storage)!).ToJsonString();
        Answer answer = Client.Refused("PUT", _fixture.ImageVersion(), Version, body, 409, "PropertyChangeNotAllowed");
        Assert.Equal($"Changing property 'galleryImageVersion.properties.{property}' is not allowed.", answer.Message);
    }

    [Fact]
    public void A_disk_cannot_be_added_later()
    {
        _fixture.AddVersion();
        string body = GalleryFixture.VersionBody((JsonObject)JsonNode.Parse("""{"dataDiskImages":[{"lun":3}]}""")!).ToJsonString();
        Answer answer = Client.Refused("PUT", _fixture.ImageVersion(), Version, body, 409, "OperationNotAllowed");
        Assert.Equal("Adding new Data Disks or changing the LUN of a Data Disk in an existing Image is not allowed.", answer.Message);
    }

    [Fact]
    public void A_failed_replication_is_told_by_region_and_repaired_by_another_update()
    {
        _fixture.AddVersion("1.0.0", "westeurope");
        const string text = "Gallery replication jobs failed in one or more regions. The failing regions' details are as follows: '{region:uksouth, detail:Failed with internal server error.}'.";
        Client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.OperationFailure, Operation = "GalleryImageVersions_*", Code = "ValidationError", Message = text });
        string more = Regions("""{"name":"westeurope"},{"name":"uksouth"},{"name":"ukwest"}""");
        JsonObject end = _fixture.Finish(Client.Put(_fixture.ImageVersion(), Version, more).ShouldBe(200));
        Assert.Equal("ValidationError", (string?)end["error"]!["code"]);
        Assert.Equal("Failed", (string?)_fixture.Read(_fixture.ImageVersion())["properties"]!["provisioningState"]);
        Assert.Equal("Failed westeurope:Completed:100 uksouth:Failed:99 ukwest:Completed:100", Status());
        _fixture.Finish(Client.Put(_fixture.ImageVersion(), Version, more).ShouldBe(200));
        Assert.Equal("Completed westeurope:Completed:100 uksouth:Completed:100 ukwest:Completed:100", Status());
        Assert.Equal("Succeeded", (string?)_fixture.Read(_fixture.ImageVersion())["properties"]!["provisioningState"]);
    }

    [Fact]
    public void A_version_is_not_deleted_before_its_end_of_life_when_that_is_blocked()
    {
        const string newest = "2024-03-03";
        _fixture.AddVersion();
        _fixture.Finish(Client.Patch(_fixture.ImageVersion(), newest, """{"properties":{"publishingProfile":{"endOfLifeDate":"2026-01-08T00:00:00Z"},"safetyProfile":{"blockDeletionBeforeEndOfLife":true}}}""").ShouldBe(200));
        Assert.True((bool?)_fixture.Read(_fixture.ImageVersion(), newest)["properties"]!["safetyProfile"]!["blockDeletionBeforeEndOfLife"]);
        Client.Refused("DELETE", _fixture.ImageVersion(), Version, null, 409, "OperationNotAllowed");
        Client.Advance(TimeSpan.FromDays(4).TotalSeconds);
        Client.Delete(_fixture.ImageVersion(), Version).ShouldBe(202);
    }

    private static string Regions(string regions, bool safe = false) =>
        $$$"""{"location":"westeurope","properties":{"publishingProfile":{"targetRegions":[{{{regions}}}]},"storageProfile":{},"safetyProfile":{"allowDeletionOfReplicatedLocations":{{{(safe ? "true" : "false")}}} } } }""";

    private double Seconds(string version, params string[] regions)
    {
        if (Client.Get(_fixture.Gallery(), Version).Status == 404)
        {
            _fixture.AddGallery();
            _fixture.AddDefinition();
            _fixture.AddDisk();
        }

        string disk = $"{_fixture.Group}/providers/Microsoft.Compute/disks/os";
        return Elapsed(_fixture.Finish(Client.Put(_fixture.ImageVersion(version), Version, GalleryFixture.DiskVersionBody(disk, regions).ToJsonString()).ShouldBe(201)));
    }

    private static double Elapsed(JsonObject end) =>
        ((DateTimeOffset)end["endTime"]! - (DateTimeOffset)end["startTime"]!).TotalSeconds;

    private string Status()
    {
        JsonNode status = Client.Send("GET", $"{_fixture.ImageVersion()}?api-version={Version}&$expand=ReplicationStatus").ShouldBe(200).Json["properties"]!["replicationStatus"]!;
        return $"{status["aggregatedState"]} {string.Join(" ", status["summary"]!.AsArray().Select(static r => $"{r!["region"]}:{r["state"]}:{r["progress"]}"))}";
    }
}
