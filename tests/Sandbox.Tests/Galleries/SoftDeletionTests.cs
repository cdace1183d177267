using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Galleries;

public sealed class SoftDeletionTests : IDisposable
{
    private const string Version = GalleryFixture.Version;
    private const string Newest = "2024-03-03";
    private const string Back = """{"location":"westeurope","tags":{"back":"yes"}}""";

    private readonly GalleryFixture _fixture = new();

    public SoftDeletionTests()
    {
        _fixture.AddGallery("gal", """{"softDeletePolicy":{"isSoftDeleteEnabled":true}}""");
        _fixture.AddVersion("1.0.0", "westeurope");
        _fixture.Finish(Client.Delete(_fixture.ImageVersion(), Version).ShouldBe(202));
    }

    private SandboxClient Client => _fixture.Client;

    private string Kept => $"{_fixture.Gallery()}/softDeletedArtifactTypes/Images/artifacts/def/versions";

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_deleted_version_is_gone_and_listed_elsewhere()
    {
        Client.Get(_fixture.ImageVersion(), Version).ShouldBe(404);
        Assert.Empty(_fixture.Read($"{_fixture.Definition()}/versions")["value"]!.AsArray());
        JsonNode kept = Assert.Single(_fixture.Read(Kept, Newest)["value"]!.AsArray())!;
        Assert.Equal($"{Kept}/1.0.0", (string?)kept["id"]);
        Assert.Equal(_fixture.ImageVersion(), (string?)kept["properties"]!["resourceArmId"]);
        Assert.Equal("Images", (string?)kept["properties"]!["softDeletedArtifactType"]);
        Client.Get(Kept, Version).ShouldBe(404);
        Client.Delete(_fixture.ImageVersion(), Version).ShouldBe(204);
    }

    [Fact]
    public void It_is_restored_by_a_PUT_that_names_no_source()
    {
        Client.Refused("PUT", _fixture.ImageVersion(), Version, """{"location":"uksouth"}""", 409, "InvalidResourceLocation");
        string other = GalleryFixture.DiskVersionBody($"{_fixture.Group}/providers/Microsoft.Compute/disks/os").ToJsonString();
        Client.Refused("PUT", _fixture.ImageVersion(), Version, other, 409, "Conflict");
        Answer put = Client.Put(_fixture.ImageVersion(), Version, Back).ShouldBe(200);
        Assert.Equal("Updating", (string?)put.Json["properties"]!["provisioningState"]);
        Assert.Equal(30, (int?)put.Json["properties"]!["storageProfile"]!["osDiskImage"]!["sizeInGB"]);
        _fixture.Finish(put);
        Assert.Equal("yes", (string?)_fixture.Read(_fixture.ImageVersion())["tags"]!["back"]);
        Assert.Empty(_fixture.Read(Kept, Newest)["value"]!.AsArray());
        _fixture.Put(_fixture.ImageVersion("1.0.1"), GalleryFixture.VersionBody(_fixture.ImageVersion()));
    }

    [Fact]
    public void It_can_be_deleted_and_restored_again()
    {
        _fixture.Finish(Client.Put(_fixture.ImageVersion(), Version, Back).ShouldBe(200));
        Client.Advance(TimeSpan.FromDays(5).TotalSeconds);
        _fixture.Finish(Client.Delete(_fixture.ImageVersion(), Version).ShouldBe(202));
        Client.Advance(TimeSpan.FromDays(5).TotalSeconds);
        Client.Put(_fixture.ImageVersion(), Version, Back).ShouldBe(200);
    }

    [Fact]
    public void After_seven_days_it_is_gone_for_good()
    {
        Client.Advance(TimeSpan.FromDays(7).TotalSeconds);
        Assert.Empty(_fixture.Read(Kept, Newest)["value"]!.AsArray());
        Client.Refused("PUT", _fixture.ImageVersion(), Version, Back, 400, "InvalidParameter");
    }

    [Fact]
    public void Its_definition_cannot_be_deleted_until_the_policy_is_off()
    {
        Client.Advance(20);
        Client.Refused("DELETE", _fixture.Definition(), Version, null, 409, "OperationNotAllowed");
        _fixture.Finish(Client.Patch(_fixture.Gallery(), Version, """{"properties":{"softDeletePolicy":{"isSoftDeleteEnabled":false}}}""").ShouldBe(200));
        Assert.Empty(_fixture.Read(Kept, Newest)["value"]!.AsArray());
        Client.Delete(_fixture.Definition(), Version).ShouldBe(202);
    }
}
