using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Galleries;

/// <summary>Sources that are too large, encrypted in another subscription, or asked for too often.</summary>
public sealed class GallerySourceTests : IDisposable
{
    private const string Elsewhere = "/subscriptions/10000000-0000-4000-8000-000000000002/resourceGroups/far";

    private readonly GalleryFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void ADiskOfMoreThanATerabyteIsNotReplicated()
    {
        _fixture.AddGallery();
        _fixture.AddDefinition();
        JsonObject body = WithData(2048);
        JsonNode end = _fixture.Finish(_fixture.Client.Put(_fixture.ImageVersion(), GalleryFixture.Version, body.ToJsonString()).ShouldBe(201));
        const string Message = "Replication failed in this region due to 'The GalleryImageVersion source resource size 2048 exceeds the max size 1024 supported.'";
        Assert.Equal(Message, (string?)end["error"]!["message"]);
        Answer shown = _fixture.Client.Send("GET", $"{_fixture.ImageVersion()}?api-version={GalleryFixture.Version}&$expand=ReplicationStatus");
        JsonNode region = shown.Json["properties"]!["replicationStatus"]!["summary"]![0]!;
        Assert.Equal(("Failed", Message), ((string?)region["state"], (string?)region["details"]));

        // Shallow versions may be larger (documented).
        body["properties"]!["publishingProfile"] = new JsonObject { ["replicationMode"] = "Shallow" };
        _fixture.Put(_fixture.ImageVersion("1.0.1"), body);
    }

    [Fact]
    public void AnEncryptedSourceOfAnotherSubscriptionIsRefused()
    {
        _fixture.AddGallery();
        _fixture.AddDefinition();
        SandboxClient client = _fixture.Client;
        client.Put(Elsewhere, SandboxClient.ResourcesVersion, """{"location":"westeurope"}""").ShouldBe(201);
        string set = $"{Elsewhere}/providers/Microsoft.Compute/diskEncryptionSets/des", disk = $"{Elsewhere}/providers/Microsoft.Compute/disks/os";
        client.Finish(client.Put(set, GalleryFixture.DiskVersion, """
            {"location":"westeurope","identity":{"type":"SystemAssigned"},"properties":{"activeKey":{"keyUrl":"https://v.vault.azure.net/keys/k/1"}}}
            """).ShouldBe(202));
        string encryption = $$$""" "encryption":{"diskEncryptionSetId":"{{{set}}}"}, """;
        string body = $$$"""{"location":"westeurope","properties":{ {{{encryption}}} "osType":"Linux","hyperVGeneration":"V2","creationData":{"createOption":"Empty"},"diskSizeGB":4} }""";
        client.Finish(client.Put(disk, GalleryFixture.DiskVersion, body).ShouldBe(202));

        Answer refused = client.Refused(
            "PUT", _fixture.ImageVersion(), GalleryFixture.Version, GalleryFixture.DiskVersionBody(disk).ToJsonString(), 400, "InvalidParameter");
        Assert.Equal(
            $"Encrypted source: '{disk}' is in a different subscription ID than the current gallery image version subscription " +
            $"'{client.Sandbox.SubscriptionId}'. Please retry with an unencrypted source(s) or use the source's subscription " +
            "'10000000-0000-4000-8000-000000000002' to create the gallery image version.",
            refused.Message);

        string plain = $"{Elsewhere}/providers/Microsoft.Compute/disks/plain";
        client.Finish(client.Put(plain, GalleryFixture.DiskVersion, body.Replace(encryption, string.Empty, StringComparison.Ordinal)).ShouldBe(202));
        _fixture.Put(_fixture.ImageVersion(), GalleryFixture.DiskVersionBody(plain));
    }

    [Fact]
    public void AVersionThatLosesItsImageWhileItIsMadeFails()
    {
        _fixture.AddGallery();
        string image = _fixture.AddImage();
        _fixture.AddDefinition(change: static properties => properties["hyperVGeneration"] = "V1");
        Answer making = _fixture.Client.Put(_fixture.ImageVersion(), GalleryFixture.Version, GalleryFixture.VersionBody(image, "westeurope", "northeurope").ToJsonString()).ShouldBe(201);
        _fixture.Client.Advance(60);
        _fixture.Client.Delete(image, "2023-07-01").ShouldBe(202);
        JsonNode end = _fixture.Client.Finish(making);
        Assert.Equal("Failed", (string?)end["status"]);
        Assert.StartsWith($"Source {image} is not found.", (string?)end["error"]!["message"], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void AVersionThatIsCopiedFromItsFirstRegionNeedsItsImageNoMore()
    {
        _fixture.AddGallery();
        string image = _fixture.AddImage();
        _fixture.AddDefinition(change: static properties => properties["hyperVGeneration"] = "V1");
        Answer making = _fixture.Client.Put(_fixture.ImageVersion(), GalleryFixture.Version, GalleryFixture.VersionBody(image, "westeurope", "northeurope").ToJsonString()).ShouldBe(201);
        _fixture.Client.Advance(400);
        Assert.Equal("Creating", (string?)_fixture.Read(_fixture.ImageVersion())["properties"]!["provisioningState"]);
        _fixture.Client.Delete(image, "2023-07-01").ShouldBe(202);
        Assert.Equal("Succeeded", (string?)_fixture.Finish(making)["status"]);
    }

    private JsonObject WithData(int size)
    {
        string data = _fixture.AddDisk("data", new JsonObject { ["createOption"] = "Empty" }, size);
        JsonObject body = GalleryFixture.DiskVersionBody(_fixture.AddDisk());
        body["properties"]!["storageProfile"]!["dataDiskImages"] =
            new JsonArray(new JsonObject { ["lun"] = 0, ["source"] = new JsonObject { ["id"] = data } });
        return body;
    }
}
