using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests.Vms;

namespace ImageCmdlets.Sandbox.Tests.Galleries;

public sealed class GallerySharingTests : IDisposable
{
    private const string Version = GalleryFixture.Version;
    private const string Other = "34a4ab42-0d72-47d9-bd1a-aed207386dac";
    private const string Info = """{"publisherUri":"https://p","publisherContact":"a@b.c","eula":"https://e","publicNamePrefix":"Public"}""";

    private readonly GalleryFixture _fixture = new();

    private SandboxClient Client => _fixture.Client;

    private string UniqueName => $"{Client.Sandbox.SubscriptionId}-GAL";

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_share_takes_its_time_and_shows_on_request()
    {
        _fixture.AddGallery("gal", """{"sharingProfile":{"permissions":"Groups"}}""");
        Answer share = Share("Add", ("Subscriptions", [Client.Sandbox.SubscriptionId, Other]), ("AADTenants", [Other])).ShouldBe(202);
        Assert.NotNull(share.Header("Location"));
        Assert.Empty(share.Text);
        JsonNode busy = _fixture.Read(_fixture.Gallery())["properties"]!;
        Assert.Equal("Succeeded", (string?)busy["provisioningState"]);
        Assert.Equal("InProgress", (string?)busy["sharingStatus"]!["aggregatedState"]);
        Client.Refused("POST", $"{_fixture.Gallery()}/share", Version, """{"operationType":"Reset"}""", 409, "Conflict");
        _fixture.Finish(share);
        Assert.Empty(Client.Send("GET", share.Header("Location")!).ShouldBe(200).Text);
        Assert.False(_fixture.Read(_fixture.Gallery())["properties"]!["sharingProfile"]!.AsObject().ContainsKey("groups"));
        Assert.Equal(
            $$"""[{"type":"Subscriptions","ids":["{{Client.Sandbox.SubscriptionId}}","{{Other}}"]},{"type":"AADTenants","ids":["{{Other}}"]}]""",
            Profile("$select=Permissions")["groups"]!.ToJsonString());
        _fixture.Finish(Share("Remove", ("Subscriptions", [Other]), ("AADTenants", [Other])).ShouldBe(202));
        Assert.Equal($$"""[{"type":"Subscriptions","ids":["{{Client.Sandbox.SubscriptionId}}"]}]""", Profile("$expand=SharingProfile/Groups")["groups"]!.ToJsonString());
        _fixture.Finish(Share("Reset").ShouldBe(202));
        Assert.Equal("""{"permissions":"Private"}""", Profile("$select=Permissions").ToJsonString());
    }

    [Fact]
    public void A_share_must_suit_the_gallery()
    {
        _fixture.AddGallery();
        string share = $"{_fixture.Gallery()}/share";
        string add = $$$"""{"operationType":"Add","groups":[{"type":"Subscriptions","ids":["{{{Other}}}"]}]}""";
        Client.Refused("POST", share, Version, add, 409, "OperationNotAllowed");
        Client.Refused("POST", share, Version, """{"operationType":"EnableCommunity"}""", 409, "OperationNotAllowed");
        Client.Refused("POST", share, Version, "{}", 400, "InvalidParameter");
        Client.Refused("POST", share, Version, """{"operationType":"Sell"}""", 400, "InvalidParameter");
        _fixture.Finish(Client.Patch(_fixture.Gallery(), Version, """{"properties":{"sharingProfile":{"permissions":"Groups"}}}""").ShouldBe(200));
        Client.Refused("POST", share, Version, """{"operationType":"Add"}""", 400, "InvalidParameter");
        Client.Refused("POST", share, Version, """{"operationType":"Add","groups":[{"type":"Friends","ids":["x"]}]}""", 400, "InvalidParameter");
        Client.Refused("POST", share, Version, """{"operationType":"Add","groups":[{"type":"Subscriptions","ids":["x"]}]}""", 400, "InvalidParameter");
    }

    [Fact]
    public void A_shared_gallery_shows_what_a_region_has_of_it()
    {
        _fixture.AddGallery("gal", """{"sharingProfile":{"permissions":"Groups"}}""");
        _fixture.AddVersion("1.0.0", "westeurope", "uksouth");
        string list = Shared("westeurope", string.Empty);
        Assert.Empty(_fixture.Read(list)["value"]!.AsArray());
        Client.Refused("GET", $"{list}/{UniqueName}", Version, null, 404, "NotFound");
        _fixture.Finish(Share("Add", ("Subscriptions", [Client.Sandbox.SubscriptionId])).ShouldBe(202));
        Assert.Equal($$$"""[{"location":"westeurope","name":"{{{UniqueName}}}","identifier":{"uniqueId":"/SharedGalleries/{{{UniqueName}}}"}}]""", _fixture.Read(list)["value"]!.ToJsonString());
        Assert.Empty(Client.Send("GET", $"{list}?api-version={Version}&sharedTo=tenant").ShouldBe(200).Json["value"]!.AsArray());
        JsonObject version = _fixture.Read(Shared("uksouth", $"/{UniqueName}/images/def/versions/1.0.0"));
        Assert.Equal(["properties", "location", "name", "identifier"], version.Select(static p => p.Key));
        Assert.Equal("""{"osDiskImage":{"diskSizeGB":30,"hostCaching":"ReadWrite"}}""", version["properties"]!["storageProfile"]!.ToJsonString());
        Assert.Equal($"/SharedGalleries/{UniqueName}/Images/def/Versions/1.0.0", (string?)version["identifier"]!["uniqueId"]);
        JsonNode image = Assert.Single(_fixture.Read(Shared("uksouth", $"/{UniqueName}/images"))["value"]!.AsArray())!;
        Assert.Equal("Generalized", (string?)image["properties"]!["osState"]);
        Assert.Empty(_fixture.Read(Shared("eastus", $"/{UniqueName}/images"))["value"]!.AsArray());
        Client.Refused("GET", Shared("eastus", $"/{UniqueName}/images/def"), Version, null, 404, "NotFound");
        Client.Refused("GET", Shared("uksouth", $"/{UniqueName}/images/def/versions/2.0.0"), Version, null, 404, "NotFound");
    }

    [Fact]
    public void A_machine_is_made_from_a_shared_image_until_it_is_taken_back()
    {
        _fixture.AddGallery("gal", """{"sharingProfile":{"permissions":"Groups"}}""");
        _fixture.AddVersion("1.0.0", "westeurope");
        _fixture.Finish(Share("Add", ("Subscriptions", [Client.Sandbox.SubscriptionId])).ShouldBe(202));
        string name = $"/SharedGalleries/{UniqueName}/Images/def/Versions/latest";
        _fixture.Machines.Create(VmFixture.Linux, change: body => Reference(body, "sharedGalleryImageId", name));
        Assert.Equal("1.0.0", (string?)_fixture.Machines.Get()["properties"]!["storageProfile"]!["imageReference"]!["exactVersion"]);
        _fixture.Finish(Share("Reset").ShouldBe(202));
        JsonObject late = _fixture.Machines.Body(VmFixture.Linux, "late");
        Reference(late, "sharedGalleryImageId", name);
        Answer answer = Client.Refused("PUT", _fixture.Machines.Vm("late"), VmFixture.Version, late.ToJsonString(), 404, "GalleryImageNotFound");
        Assert.StartsWith($"\"The gallery image {name} is not available in westeurope region.", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_community_gallery_gets_a_public_name_and_opens_when_it_is_enabled()
    {
        _fixture.AddGallery("gal", $$$"""{"sharingProfile":{"permissions":"Community","communityGalleryInfo":{{{Info}}} } }""");
        JsonObject info = Profile(string.Empty)["communityGalleryInfo"]!.AsObject();
        Assert.Equal(["publisherUri", "publisherContact", "eula", "publicNamePrefix", "communityGalleryEnabled", "publicNames"], info.Select(static p => p.Key));
        string name = (string)info["publicNames"]![0]!;
        Assert.StartsWith("Public-", name, StringComparison.Ordinal);
        _fixture.AddVersion("1.0.0", "westeurope");
        Client.Refused("GET", Community($"/{name}"), Version, null, 404, "NotFound");
        _fixture.Finish(Share("EnableCommunity").ShouldBe(202));
        JsonObject gallery = _fixture.Read(Community($"/{name}"));
        Assert.Equal($$"""{"publisherUri":"https://p","publisherContact":"a@b.c","eula":"https://e","publicNames":["{{name}}"]}""", gallery["properties"]!["communityMetadata"]!.ToJsonString());
        Assert.Equal("1.0.0", (string?)Assert.Single(_fixture.Read(Community($"/{name}/images/def/versions"))["value"]!.AsArray())!["name"]);
        _fixture.Machines.Create(VmFixture.Linux, change: body => Reference(body, "communityGalleryImageId", $"/CommunityGalleries/{name}/Images/def"));
        var source = new JsonObject { ["source"] = new JsonObject { ["communityGalleryImageId"] = $"/CommunityGalleries/{name}/Images/def/Versions/1.0.0" } };
        _fixture.Put(_fixture.ImageVersion("2.0.0"), GalleryFixture.VersionBody(source));
    }

    [Theory]
    [InlineData("{}", "Required parameter 'gallery.properties.sharingProfile.communityGalleryInfo.publisherUri' is missing (null).")]
    [InlineData("""{"publisherUri":"https://p","publisherContact":"a@b.c","eula":"https://e","publicNamePrefix":"abc"}""", "The value of parameter gallery.properties.sharingProfile.communityGalleryInfo.publicNamePrefix is invalid.")]
    public void A_community_gallery_must_say_who_publishes_it(string info, string message)
    {
        string body = $$$"""{"location":"westeurope","properties":{"sharingProfile":{"permissions":"Community","communityGalleryInfo":{{{info}}} } } }""";
        Assert.Equal(message, Client.Refused("PUT", _fixture.Gallery(), Version, body, 400, "InvalidParameter").Message);
    }

    private static void Reference(JsonObject body, string kind, string name) =>
        body["properties"]!["storageProfile"]!["imageReference"] = new JsonObject { [kind] = name };

    private string Shared(string region, string tail) =>
        $"{Client.Subscription}/providers/Microsoft.Compute/locations/{region}/sharedGalleries{tail}";

    private string Community(string tail) =>
        $"{Client.Subscription}/providers/Microsoft.Compute/locations/westeurope/communityGalleries{tail}";

    private Answer Share(string operation, params (string Type, string[] Ids)[] groups)
    {
        var body = new JsonObject { ["operationType"] = operation };
        if (groups.Length > 0)
        {
            body["groups"] = new JsonArray([.. groups.Select(static group => (JsonNode)new JsonObject
            {
                ["type"] = group.Type,
                ["ids"] = new JsonArray([.. group.Ids.Select(static id => (JsonNode)id)]),
            })]);
        }

        return Client.Post($"{_fixture.Gallery()}/share", Version, body.ToJsonString());
    }

    private JsonObject Profile(string query) =>
        Client.Send("GET", $"{_fixture.Gallery()}?api-version={Version}&{query}").ShouldBe(200).Json["properties"]!["sharingProfile"]!.AsObject();
}
