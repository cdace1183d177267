using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Galleries;

public sealed class GalleryApplicationTests : IDisposable
{
    private const string Version = "2022-03-03";
    private const string Link = "https://acc.blob.core.windows.net/c/package.zip?sig=x";
    private const string Body = """{"location":"westeurope","properties":{"supportedOSType":"linux","description":"d"}}""";

    private readonly GalleryFixture _fixture = new();
    private readonly string _application;

    public GalleryApplicationTests()
    {
        _fixture.AddGallery();
        _application = $"{_fixture.Gallery()}/applications/app";
    }

    private SandboxClient Client => _fixture.Client;

    private string Package => $"{_application}/versions/1.0.0";

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void An_application_is_made_changed_listed_and_deleted()
    {
        _fixture.Finish(Client.Put(_application, Version, Body).ShouldBe(201));
        JsonObject properties = _fixture.Read(_application, Version)["properties"]!.AsObject();
        Assert.Equal("""{"description":"d","supportedOSType":"Linux"}""", properties.ToJsonString());

        _fixture.Finish(Client.Patch(_application, Version, """{"tags":{"a":"b"},"properties":{"description":"e"}}""").ShouldBe(200));
        Assert.Equal("e", (string?)_fixture.Read(_application, Version)["properties"]!["description"]);
        JsonArray listed = Client.Get($"{_fixture.Gallery()}/applications", Version).ShouldBe(200).Json["value"]!.AsArray();
        Assert.Equal(["app"], listed.Select(static one => (string?)one!["name"]));

        _fixture.Finish(Client.Delete(_application, Version).ShouldBe(202));
        Client.Get(_application, Version).ShouldBe(404);
    }

    [Theory]
    [InlineData("{}", 400, "InvalidParameter", "Required parameter 'galleryApplication.properties.supportedOSType' is missing (null).")]
    [InlineData("""{"supportedOSType":"BeOS"}""", 400, "InvalidParameter", "The value of parameter galleryApplication.properties.supportedOSType is invalid.")]
    [InlineData("""{"supportedOSType":"Linux","customActions":[{"name":"a"}]}""", 400, "InvalidParameter", "Required parameter 'galleryApplication.properties.customActions.script' is missing (null).")]
    [InlineData("""{"supportedOSType":"Linux","endOfLifeDate":"2020-01-01T00:00:00Z"}""", 400, "InvalidParameter", "EndOfLifeDate must be set to a future date.")]
    public void A_bad_application_is_refused(string properties, int status, string code, string message) =>
        Assert.Equal(message, Client.Refused("PUT", _application, Version, $$"""{"location":"westeurope","properties":{{properties}}}""", status, code).Message);

    [Fact]
    public void The_operating_system_cannot_change()
    {
        _fixture.Finish(Client.Put(_application, Version, Body).ShouldBe(201));
        Client.Refused("PATCH", _application, Version, """{"properties":{"supportedOSType":"Windows"}}""", 409, "PropertyChangeNotAllowed");
    }

    [Fact]
    public void A_version_replicates_to_its_regions_and_keeps_its_application()
    {
        _fixture.Finish(Client.Put(_application, Version, Body).ShouldBe(201));
        Answer put = Client.Put(Package, Version, PackageBody("""[{"name":"westeurope"},{"name":"northeurope"}]""")).ShouldBe(201);
        Assert.Equal("InProgress", AggregatedState());
        _fixture.Finish(put);
        Assert.Equal("Completed", AggregatedState());
        JsonObject publishing = _fixture.Read(Package, Version)["properties"]!["publishingProfile"]!.AsObject();
        Assert.Equal(["West Europe", "North Europe"], publishing["targetRegions"]!.AsArray().Select(static region => (string?)region!["name"]));
        Assert.Equal("300", (string?)publishing["advancedSettings"]!["timeout"]);
        Assert.False((bool)publishing["enableHealthCheck"]!);

        Client.Refused("DELETE", _application, Version, null, 409, "CannotDeleteResource");
        Client.Refused("DELETE", _fixture.Gallery(), Version, null, 409, "CannotDeleteResource");
        _fixture.Finish(Client.Delete(Package, Version).ShouldBe(202));
        Client.Refused("DELETE", _application, Version, null, 409, "CannotDeleteResource");
        Client.Advance(30);
        _fixture.Finish(Client.Delete(_application, Version).ShouldBe(202));
    }

    [Fact]
    public void A_version_gives_up_regions_only_when_it_says_so()
    {
        _fixture.Finish(Client.Put(_application, Version, Body).ShouldBe(201));
        _fixture.Finish(Client.Put(Package, Version, PackageBody("""[{"name":"westeurope"},{"name":"northeurope"}]""")).ShouldBe(201));
        const string fewer = """{"properties":{"publishingProfile":{"targetRegions":[{"name":"westeurope"}]}}}""";
        Answer refused = Client.Refused("PATCH", Package, Version, fewer, 400, "BadRequest");
        Assert.Contains("'1.0.0' and type 'GalleryApplicationVersion'", refused.Message, StringComparison.Ordinal);
        const string allowed = """{"properties":{"publishingProfile":{"targetRegions":[{"name":"westeurope"}]},"safetyProfile":{"allowDeletionOfReplicatedLocations":true}}}""";
        _fixture.Finish(Client.Patch(Package, Version, allowed).ShouldBe(200));
        Assert.Single(_fixture.Read(Package, Version)["properties"]!["publishingProfile"]!["targetRegions"]!.AsArray());
    }

    [Theory]
    [InlineData("1.0", "{}", "InvalidParameter")]
    [InlineData("1.0.0", """{"publishingProfile":{"manageActions":{"install":"i","remove":"r"}}}""", "InvalidParameter")]
    [InlineData("1.0.0", """{"publishingProfile":{"source":{"mediaLink":"package.zip"}}}""", "InvalidParameter")]
    [InlineData("1.0.0", """{"publishingProfile":{"source":{"mediaLink":"https://a/b"},"manageActions":{"install":"i"}}}""", "InvalidParameter")]
    [InlineData("1.0.0", """{"publishingProfile":{"source":{"mediaLink":"https://a/b"},"targetRegions":[{"name":"northeurope"}]}}""", "InvalidParameter")]
    public void A_bad_version_is_refused(string name, string properties, string code)
    {
        _fixture.Finish(Client.Put(_application, Version, Body).ShouldBe(201));
        Client.Refused("PUT", $"{_application}/versions/{name}", Version, $$"""{"location":"westeurope","properties":{{properties}}}""", 400, code);
    }

    [Fact]
    public void Another_signature_is_no_other_package()
    {
        _fixture.Finish(Client.Put(_application, Version, Body).ShouldBe(201));
        _fixture.Finish(Client.Put(Package, Version, PackageBody("[]")).ShouldBe(201));
        _fixture.Finish(Client.Put(Package, Version, PackageBody("[]").Replace("sig=x", "sig=y", StringComparison.Ordinal)).ShouldBe(200));
        Client.Refused("PUT", Package, Version, PackageBody("[]").Replace("package.zip", "other.zip", StringComparison.Ordinal), 409, "PropertyChangeNotAllowed");
    }

    private static string PackageBody(string regions) =>
        $$$"""{"location":"westeurope","properties":{"publishingProfile":{"source":{"mediaLink":"{{{Link}}}"},"manageActions":{"install":"i","remove":"r"},"advancedSettings":{"timeout":"300"},"targetRegions":{{{regions}}} } } }""";

    private string? AggregatedState() =>
        (string?)Client.Send("GET", $"{Package}?api-version={Version}&$expand=ReplicationStatus").ShouldBe(200).Json["properties"]!["replicationStatus"]!["aggregatedState"];
}
