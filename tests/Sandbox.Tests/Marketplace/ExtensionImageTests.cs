using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Marketplace;

/// <summary>Extension types and versions, as recorded in azps ImageTests.TestImage.</summary>
public sealed class ExtensionImageTests : IDisposable
{
    private const string Version = "2023-07-01";

    private readonly SandboxClient _client = new();

    private string Publishers => $"{_client.Subscription}/providers/Microsoft.Compute/locations/eastus/publishers";

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Types_and_versions_are_bare_arrays_with_capitalised_ids()
    {
        string root = $"/Subscriptions/{_client.Sandbox.SubscriptionId}/Providers/Microsoft.Compute/Locations/eastus/Publishers/" +
                      "Microsoft.Compute/ArtifactTypes/VMExtension/Types";

        JsonArray types = List("microsoft.compute/artifacttypes/vmextension/types");
        Assert.Equal(["BGInfo", "CustomScriptExtension", "JsonADDomainExtension", "VMAccessAgent"], types.Select(t => (string?)t!["name"]));
        Assert.Equal($"{root}/BGInfo", (string?)types[0]!["id"]);
        Assert.Equal("eastus", (string?)types[0]!["location"]);

        JsonNode version = Assert.Single(List("Microsoft.Compute/artifacttypes/vmextension/types/bginfo/versions"))!;
        Assert.Equal("2.1", (string?)version["name"]);
        Assert.Equal($"{root}/BGInfo/Versions/2.1", (string?)version["id"]);
    }

    [Fact]
    public void The_latest_version_comes_first_when_asked_for()
    {
        JsonArray versions = List("Microsoft.Azure.Extensions/artifacttypes/vmextension/types/CustomScript/versions", "&$orderby=name desc&$top=1");
        Assert.Equal("2.1.10", (string?)Assert.Single(versions)!["name"]);

        JsonObject version = _client.Get($"{Publishers}/Microsoft.Azure.Extensions/artifacttypes/vmextension/types/CustomScript/versions/2.1.10", Version)
            .ShouldBe(200).Json;
        Assert.Equal("Linux", (string?)version["properties"]!["operatingSystem"]);
    }

    [Theory]
    [InlineData("Nobody/artifacttypes/vmextension/types", "Publisher: Nobody was not found.")]
    [InlineData("Microsoft.Compute/artifacttypes/vmextension/types/None/versions", "Artifact: VMExtension was not found.")]
    public void What_is_not_offered_is_not_found(string path, string message)
    {
        Answer answer = _client.Get($"{Publishers}/{path}", Version).ShouldBe(404);
        Assert.Equal(message, (string?)answer.Json["error"]!["message"]);
    }

    [Fact]
    public void A_publisher_of_extensions_has_no_image_offers() =>
        Assert.Empty(List("Microsoft.Azure.Extensions/artifacttypes/vmimage/offers"));

    private JsonArray List(string path, string query = "") =>
        (JsonArray)JsonNode.Parse(_client.Send("GET", $"{Publishers}/{path}?api-version={Version}{query}").ShouldBe(200).Text)!;
}
