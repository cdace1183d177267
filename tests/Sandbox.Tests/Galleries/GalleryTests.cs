using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Galleries;

public sealed class GalleryTests : IDisposable
{
    private const string Version = GalleryFixture.Version;
    private const string Minimal = """{"location":"westeurope"}""";

    private readonly GalleryFixture _fixture = new();

    private SandboxClient Client => _fixture.Client;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_gallery_gets_a_name_that_is_unique_everywhere()
    {
        Answer put = Client.Put(_fixture.Gallery("my.gal_1"), Version, """{"location":"West Europe","tags":{"a":"b"},"properties":{"description":"d"}}""").ShouldBe(201);
        Assert.Equal(["name", "id", "type", "location", "tags", "properties"], put.Json.Select(static p => p.Key));
        Assert.Equal(["description", "identifier", "provisioningState"], put.Json["properties"]!.AsObject().Select(static p => p.Key));
        Assert.Equal("Creating", (string?)put.Json["properties"]!["provisioningState"]);
        Assert.Equal($"{Client.Sandbox.SubscriptionId}-MY.GAL_1", (string?)put.Json["properties"]!["identifier"]!["uniqueName"]);
        Assert.Contains("/locations/WestEurope/capsOperations/", put.Header("Azure-AsyncOperation"), StringComparison.Ordinal);
        Assert.Null(put.Header("Location"));
        Assert.Equal("Microsoft.Compute/CreateUpdateGallery3Min;49,Microsoft.Compute/CreateUpdateGallery30Min;299", put.Header("x-ms-ratelimit-remaining-resource"));
        Assert.Equal(["startTime", "endTime", "status", "name"], _fixture.Finish(put).Select(static p => p.Key));
        Assert.Equal("Succeeded", (string?)_fixture.Read(_fixture.Gallery("my.gal_1"))["properties"]!["provisioningState"]);
    }

    [Fact]
    public void An_update_keeps_what_it_does_not_name()
    {
        _fixture.AddGallery("gal", """{"description":"first","softDeletePolicy":{"isSoftDeleteEnabled":true}}""");
        Answer put = Client.Put(_fixture.Gallery(), Version, """{"location":"westeurope","properties":{"description":"second"}}""").ShouldBe(200);
        Assert.Equal("Updating", (string?)put.Json["properties"]!["provisioningState"]);
        _fixture.Finish(put);
        Answer patch = Client.Patch(_fixture.Gallery(), Version, """{"tags":{"a":"b"}}""").ShouldBe(200);
        _fixture.Finish(patch);
        JsonObject gallery = _fixture.Read(_fixture.Gallery());
        Assert.Equal("second", (string?)gallery["properties"]!["description"]);
        Assert.True((bool?)gallery["properties"]!["softDeletePolicy"]!["isSoftDeleteEnabled"]);
        Assert.Equal("b", (string?)gallery["tags"]!["a"]);
    }

    [Theory]
    [InlineData("my-gal", "InvalidParameter", "Gallery name is invalid. Allowed characters are English alphanumeric characters, with underscores, and periods allowed in the middle, up to 80 characters total. All other special characters, including dashes, are disallowed.")]
    [InlineData("_gal", "InvalidParameter", @"The entity name '_gal' is invalid according to its validation rule: ^[^_\W][\w-._]{0,79}(?<![-.])$.")]
    [InlineData("gal.", "InvalidResourceName", "The provided resource name 'gal.' has these invalid trailing characters: '.'. The name can not end with characters: '.'.")]
    public void A_bad_name_is_refused(string name, string code, string message) =>
        Assert.Equal(message, Client.Refused("PUT", _fixture.Gallery(name), Version, Minimal, 400, code).Message);

    [Theory]
    [InlineData("""{"location":"westeurope","properties":{"softDeletePolicy":{"isSoftDeleteEnabled":"yes"}}}""", "The value of parameter gallery.properties.softDeletePolicy.isSoftDeleteEnabled is invalid.")]
    [InlineData("""{"location":"westeurope","properties":{"sharingProfile":{"permissions":"Everybody"}}}""", "The value of parameter gallery.properties.sharingProfile.permissions is invalid.")]
    [InlineData("""{"location":"westeurope","properties":{"description":7}}""", "The value of parameter gallery.properties.description is invalid.")]
    public void A_bad_gallery_is_refused(string body, string message) =>
        Assert.Equal(message, Client.Refused("PUT", _fixture.Gallery(), Version, body, 400, "InvalidParameter").Message);

    [Fact]
    public void A_name_is_taken_in_the_whole_subscription()
    {
        _fixture.AddGallery();
        string elsewhere = $"{Client.Group("other")}/providers/Microsoft.Compute/galleries/GAL";
        Answer answer = Client.Refused("PUT", elsewhere, Version, Minimal, 409, "Conflict");
        Assert.Equal($"The gallery name 'GAL' is not unique within the subscription '{Client.Sandbox.SubscriptionId}'. Please pick another gallery name.", answer.Message);
        Client.Refused("PUT", _fixture.Gallery(), Version, """{"location":"eastus"}""", 409, "InvalidResourceLocation");
    }

    [Fact]
    public void Lists_show_the_group_in_upper_case()
    {
        _fixture.AddGallery();
        foreach (string list in new[] { $"{_fixture.Group}/providers/Microsoft.Compute/galleries", $"{Client.Subscription}/providers/Microsoft.Compute/galleries" })
        {
            JsonNode item = Assert.Single(_fixture.Read(list)["value"]!.AsArray())!;
            Assert.Contains("/resourceGroups/IMAGES/", (string?)item["id"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Deletion_waits_for_what_is_inside_and_a_little_longer()
    {
        _fixture.AddVersion();
        Answer full = Client.Refused("DELETE", _fixture.Gallery(), Version, null, 409, "CannotDeleteResource");
        Assert.Equal("Cannot delete resource while nested resources exist. Some existing nested resource IDs include: 'Microsoft.Compute/galleries/gal/images/def, Microsoft.Compute/galleries/gal/images/def/versions/1.0.0'. Please delete all nested resources before deleting this resource.", full.Message);
        Client.Refused("DELETE", _fixture.Definition(), Version, null, 409, "CannotDeleteResource");
        Answer delete = Client.Delete(_fixture.ImageVersion(), Version).ShouldBe(202);
        Assert.NotNull(delete.Header("Location"));
        Assert.Equal("Deleting", (string?)_fixture.Read(_fixture.ImageVersion())["properties"]!["provisioningState"]);
        _fixture.Finish(delete);
        Client.Get(_fixture.ImageVersion(), Version).ShouldBe(404);
        Answer stale = Client.Refused("DELETE", _fixture.Definition(), Version, null, 409, "CannotDeleteResource");
        Assert.Equal("Cannot delete resource while nested resources exist. Some existing nested resource IDs include: 'Microsoft.Compute/galleries/gal/images/def/versions/1.0.0'. Please delete all nested resources before deleting this resource.", stale.Message);
        Client.Advance(20);
        _fixture.Finish(Client.Delete(_fixture.Definition(), Version).ShouldBe(202));
        Client.Refused("DELETE", _fixture.Gallery(), Version, null, 409, "CannotDeleteResource");
        Client.Advance(20);
        _fixture.Finish(Client.Delete(_fixture.Gallery(), Version).ShouldBe(202));
        Client.Delete(_fixture.Gallery(), Version).ShouldBe(204);
    }

    [Fact]
    public void The_first_api_version_answers_an_update_with_202()
    {
        Answer first = Client.Put(_fixture.Gallery(), "2018-06-01", Minimal).ShouldBe(201);
        Assert.Equal(["type", "location", "id", "name", "properties"], first.Json.Select(static p => p.Key));
        _fixture.Finish(first);
        Answer second = Client.Put(_fixture.Gallery(), "2018-06-01", Minimal).ShouldBe(202);
        Assert.NotNull(second.Header("Location"));
        Assert.Equal("Updating", (string?)second.Json["properties"]!["provisioningState"]);
    }

    [Fact]
    public void A_second_write_during_the_first_is_refused()
    {
        Client.Put(_fixture.Gallery(), Version, Minimal).ShouldBe(201);
        Answer answer = Client.Refused("PATCH", _fixture.Gallery(), Version, """{"tags":{}}""", 409, "Conflict");
        Assert.Equal("The request failed due to conflict with a concurrent request. To resolve it, please refer to https://aka.ms/activitylog to get more details on the conflicting requests.", answer.Message);
    }

    [Fact]
    public void A_role_on_what_is_inside_keeps_nobody_from_deleting_and_goes_with_it()
    {
        _fixture.AddGallery();
        string definition = _fixture.AddDefinition();
        string assignment = $"{definition}/providers/Microsoft.Authorization/roleAssignments/30000000-0000-4000-8000-000000000001";
        Client.Put(assignment, "2022-04-01", $$$"""
            {"properties":{"roleDefinitionId":"{{{Client.Subscription}}}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7","principalId":"20000000-0000-4000-8000-00000000000a","principalType":"User"} }
            """).ShouldBe(201);

        _fixture.Finish(Client.Delete(definition, Version).ShouldBe(202));
        Client.Advance(30);
        _fixture.Finish(Client.Delete(_fixture.Gallery(), Version).ShouldBe(202));

        Assert.DoesNotContain("Microsoft.Authorization/roleAssignments", Client.Sandbox.GetStatistics().ResourcesByType.Where(type => type.Value > 0).Select(type => type.Key));
    }
}
