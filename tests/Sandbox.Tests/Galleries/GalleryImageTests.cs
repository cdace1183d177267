using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Galleries;

public sealed class GalleryImageTests : IDisposable
{
    private const string Version = GalleryFixture.Version;

    private readonly GalleryFixture _fixture = new();

    public GalleryImageTests() => _fixture.AddGallery();

    private SandboxClient Client => _fixture.Client;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_definition_gets_its_defaults_and_loses_an_empty_list()
    {
        string body = """{"location":"westeurope","properties":{"osType":"Linux","osState":"Generalized","identifier":{"publisher":"p","offer":"o","sku":"s"},"disallowed":{},"features":[{"name":"SecurityType","value":"TrustedLaunch"}],"description":"d"}}""";
        Answer put = Client.Put(_fixture.Definition(), Version, body).ShouldBe(201);
        JsonObject properties = put.Json["properties"]!.AsObject();
        Assert.Equal(
            ["hyperVGeneration", "architecture", "features", "description", "osType", "osState", "identifier", "provisioningState"],
            properties.Select(static p => p.Key));
        Assert.Equal("V1", (string?)properties["hyperVGeneration"]);
        Assert.Equal("x64", (string?)properties["architecture"]);
        Assert.Equal("Creating", (string?)properties["provisioningState"]);
        _fixture.Finish(put);
        JsonObject old = _fixture.Read(_fixture.Definition(), "2020-09-30")["properties"]!.AsObject();
        Assert.False(old.ContainsKey("architecture"));
        Assert.Equal("V1", (string?)old["hyperVGeneration"]);
        Assert.False(_fixture.Read(_fixture.Definition(), "2018-06-01")["properties"]!.AsObject().ContainsKey("hyperVGeneration"));
    }

    [Theory]
    [InlineData("osType", null, "Required parameter 'galleryImage.properties.osType' is missing (null).")]
    [InlineData("osType", "\"BeOS\"", "The value of parameter galleryImage.properties.osType is invalid.")]
    [InlineData("osState", null, "Required parameter 'galleryImage.properties.osState' is missing (null).")]
    [InlineData("hyperVGeneration", "\"V3\"", "The value of parameter galleryImage.properties.hyperVGeneration is invalid.")]
    [InlineData("architecture", "\"MIPS\"", "The value of parameter galleryImage.properties.architecture is invalid.")]
    [InlineData("identifier", null, "Required parameter 'galleryImage.properties.identifier.publisher' is missing (null).")]
    [InlineData("identifier", """{"publisher":"p","offer":"","sku":"s"}""", "Asset name galleryImage.properties.identifier.offer is not valid. It cannot be empty. Allowed characters are uppercase or lowercase letters, digits, hyphen(-), period (.), underscore (_). Names are not allowed to end with period(.). The length of the name cannot exceed 64 characters.")]
    [InlineData("endOfLifeDate", "\"soon\"", "Could not convert string to DateTimeOffset: soon. Path 'properties.endOfLifeDate'.")]
    [InlineData("endOfLifeDate", "\"2020-01-01T00:00:00Z\"", "EndOfLifeDate must be set to a future date.")]
    [InlineData("recommended", """{"vCPUs":{"min":8,"max":2}}""", "The minimum value of galleryImage.properties.recommended.vCPUs must not be greater than the maximum value of galleryImage.properties.recommended.vCPUs.")]
    public void A_bad_definition_is_refused(string name, string? value, string message)
    {
        JsonObject body = GalleryFixture.DefinitionBody();
        if (value is null)
            body["properties"]!.AsObject().Remove(name);
        else
            body["properties"]![name] = JsonNode.Parse(value);
        Assert.Equal(message, Client.Refused("PUT", _fixture.Definition(), Version, body.ToJsonString(), 400, "InvalidParameter").Message);
    }

    [Fact]
    public void Publisher_offer_and_SKU_are_unique_in_the_gallery()
    {
        _fixture.AddDefinition();
        string same = GalleryFixture.DefinitionBody(sku: "DEF").ToJsonString();
        Answer answer = Client.Refused("PUT", _fixture.Definition("other"), Version, same, 409, "Conflict");
        Assert.Equal("Gallery image: def identified by (publisher:p, offer:o, sku:DEF) already exists. Choose a different publisher, offer, sku combination.", answer.Message);
        _fixture.AddGallery("gal2");
        Client.Put(_fixture.Definition("other", "gal2"), Version, same).ShouldBe(201);
    }

    [Theory]
    [InlineData("osType", "\"Windows\"", "osType")]
    [InlineData("osState", "\"Specialized\"", "osState")]
    [InlineData("hyperVGeneration", "\"V1\"", "hyperVGeneration")]
    [InlineData("architecture", "\"Arm64\"", "architecture")]
    [InlineData("identifier", """{"publisher":"p","offer":"o","sku":"new"}""", "identifier.sku")]
    public void What_an_image_is_cannot_change(string name, string value, string property)
    {
        _fixture.AddDefinition();
        JsonObject body = GalleryFixture.DefinitionBody(sku: "def");
        body["properties"]![name] = JsonNode.Parse(value);
        Answer answer = Client.Refused("PUT", _fixture.Definition(), Version, body.ToJsonString(), 409, "PropertyChangeNotAllowed");
        Assert.Equal($"Changing property 'galleryImage.properties.{property}' is not allowed.", answer.Message);
    }

    [Fact]
    public void How_an_image_is_described_can_change()
    {
        _fixture.AddDefinition();
        Answer patch = Client.Patch(_fixture.Definition(), Version, """{"tags":{"a":"b"},"properties":{"osType":"Linux","osState":"Generalized","identifier":{"publisher":"p","offer":"o","sku":"def"},"description":"new","endOfLifeDate":"2030-01-01T00:00:00Z","recommended":{"memory":{"min":1,"max":8}}}}""").ShouldBe(200);
        Assert.Equal("Updating", (string?)patch.Json["properties"]!["provisioningState"]);
        _fixture.Finish(patch);
        JsonNode properties = _fixture.Read(_fixture.Definition())["properties"]!;
        Assert.Equal("new", (string?)properties["description"]);
        Assert.Equal("2030-01-01T00:00:00+00:00", (string?)properties["endOfLifeDate"]);
        Assert.Equal(8, (int?)properties["recommended"]!["memory"]!["max"]);
    }

    [Fact]
    public void A_definition_needs_its_gallery()
    {
        string body = GalleryFixture.DefinitionBody().ToJsonString();
        Answer answer = Client.Refused("PUT", _fixture.Definition("def", "none"), Version, body, 404, "ParentResourceNotFound");
        Assert.Equal("Can not perform requested operation on nested resource. Parent resource 'none' not found.", answer.Message);
        string version = GalleryFixture.VersionBody("x").ToJsonString();
        Answer deeper = Client.Refused("PUT", _fixture.ImageVersion("1.0.0", "none"), Version, version, 404, "ParentResourceNotFound");
        Assert.Equal("Can not perform requested operation on nested resource. Parent resource 'gal/none' not found.", deeper.Message);
    }

    [Fact]
    public void Lists_keep_the_case_of_the_group()
    {
        _fixture.AddDefinition("a");
        _fixture.AddDefinition("b");
        JsonArray items = _fixture.Read($"{_fixture.Gallery()}/images")["value"]!.AsArray();
        Assert.Equal([_fixture.Definition("a"), _fixture.Definition("b")], items.Select(static item => (string?)item!["id"]));
    }
}
