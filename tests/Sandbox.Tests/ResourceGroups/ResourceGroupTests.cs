namespace ImageCmdlets.Sandbox.Tests.ResourceGroups;

public sealed class ResourceGroupTests : IDisposable
{
    private const string Version = SandboxClient.ResourcesVersion;

    private readonly SandboxClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public void A_group_is_made_at_once_and_read_back_compact()
    {
        string id = $"{_client.Subscription}/resourceGroups/Images";
        Answer made = _client.Put(id, Version, """{"location":"West Europe","tags":{"a":"1"}}""").ShouldBe(201);
        Assert.Equal(
            $$$"""{"id":"{{{id}}}","name":"Images","type":"Microsoft.Resources/resourceGroups","location":"westeurope","tags":{"a":"1"},"properties":{"provisioningState":"Succeeded"}}""",
            made.Text);
        Assert.Null(made.Header("Azure-AsyncOperation"));
        Assert.Equal(made.Header("x-ms-correlation-request-id"), made.Header("x-ms-request-id"));
        Answer again = _client.Put(id.ToUpperInvariant().Replace("/SUBSCRIPTIONS", "/subscriptions"), Version, """{"location":"westeurope"}""").ShouldBe(200);
        Assert.Equal(id, (string?)again.Json["id"]);
        Assert.False(again.Json.ContainsKey("tags"));
        _client.Send("HEAD", $"{id}?api-version={Version}").ShouldBe(204);
        _client.Send("HEAD", $"{id}x?api-version={Version}").ShouldBe(404);
    }

    [Theory]
    [InlineData("bad!name", """{"location":"westeurope"}""", 400, "InvalidResourceGroup")]
    [InlineData("ends.", """{"location":"westeurope"}""", 400, "InvalidResourceGroup")]
    [InlineData("images", "{}", 400, "LocationRequired")]
    [InlineData("images", """{"location":"atlantis"}""", 400, "LocationNotAvailableForResourceGroup")]
    [InlineData("images", """{"location":"westeurope","tags":{"a<b":"1"}}""", 400, "InvalidTagNameCharacters")]
    [InlineData("images", """{"location":"westeurope","tags":["a"]}""", 400, "InvalidRequestContent")]
    [InlineData("images", """{"location":"westeurope","tags":"x"}""", 400, "InvalidRequestContent")]
    [InlineData("images", """{"location":"westeurope","tags":5}""", 400, "InvalidRequestContent")]
    [InlineData("images", """{"location":"westeurope",""", 400, "InvalidRequestContent")]
    [InlineData("images", "[]", 400, "InvalidRequestContent")]
    public void A_bad_group_is_refused(string name, string body, int status, string code) =>
        _client.Refused("PUT", $"{_client.Subscription}/resourceGroups/{name}", Version, body, status, code);

    [Theory]
    [InlineData("""{"a":{}}""", "Error reading string. Unexpected token: StartObject. Path 'tags.a'.")]
    [InlineData("""{"a":[]}""", "Error reading string. Unexpected token: StartArray. Path 'tags.a'.")]
    [InlineData("""{"a":5}""", "Error reading string. Unexpected token: Integer. Path 'tags.a'.")]
    [InlineData("""{"a":true}""", "Error reading string. Unexpected token: Boolean. Path 'tags.a'.")]
    [InlineData("""{"a":"1","A":"2"}""", "Property with the name 'A' already exists in the current JSON object. Line 1, position 44.")]
    [InlineData("""{"a":"1","a":"2"}""", "Property with the name 'a' already exists in the current JSON object. Line 1, position 44.")]
    public void Tags_are_texts_and_have_one_value(string tags, string detail)
    {
        string body = $$"""{"location":"westeurope","tags":{{tags}}}""";
        Answer answer = _client.Refused("PUT", $"{_client.Subscription}/resourceGroups/images", Version, body, 400, "InvalidRequestContent");
        Assert.Equal($"The request content was invalid and could not be deserialized: '{detail}'.", answer.Message);
    }

    [Fact]
    public void A_group_does_not_move()
    {
        string id = _client.Group();
        Answer answer = _client.Refused("PUT", id, Version, """{"location":"eastus"}""", 409, "InvalidResourceGroupLocation");
        Assert.Equal(
            "Invalid resource group location 'eastus'. The Resource group already exists in location 'westeurope'.",
            answer.Message);
    }

    [Fact]
    public void A_missing_group_is_404_from_the_gateway()
    {
        Answer answer = _client.Refused("DELETE", $"{_client.Subscription}/resourceGroups/none", Version, null, 404, "ResourceGroupNotFound");
        Assert.Equal("Resource group 'none' could not be found.", answer.Message);
        Assert.Equal("gateway", answer.Header("x-ms-failure-cause"));
        Assert.Null(answer.Header("x-ms-ratelimit-remaining-subscription-deletes"));
    }

    [Fact]
    public void Deletion_is_polled_by_location_until_200()
    {
        string id = _client.Group();
        Answer answer = _client.Delete(id, Version).ShouldBe(202);
        Assert.Equal("15", answer.Header("Retry-After"));
        Assert.Null(answer.Header("Azure-AsyncOperation"));
        Assert.Empty(answer.Text);
        string location = answer.Header("Location")!;
        Assert.StartsWith($"{SandboxClient.Root}{_client.Subscription}/operationresults/eyJ", location, StringComparison.Ordinal);
        Assert.Equal("Deleting", (string?)_client.Get(id, Version).Json["properties"]!["provisioningState"]);
        _client.Refused("PUT", id, Version, """{"location":"westeurope"}""", 409, "ResourceGroupBeingDeleted");
        for (int i = 0; i < 3; i++)
        {
            Answer poll = _client.Send("GET", location).ShouldBe(202);
            Assert.Equal("15", poll.Header("Retry-After"));
            Assert.Equal(location, poll.Header("Location"));
            _client.Advance(15);
        }

        Assert.Empty(_client.Send("GET", location).ShouldBe(200).Text);
        _client.Get(id, Version).ShouldBe(404);
    }

    [Fact]
    public void Groups_are_listed_page_by_page_and_by_tag()
    {
        using var client = new SandboxClient(new SandboxOptions { PageSize = 2 });
        foreach (string name in new[] { "c", "a", "b" }) client.Group(name);
        client.Patch($"{client.Subscription}/resourceGroups/b", Version, """{"tags":{"Env":"prod"}}""").ShouldBe(200);
        Answer first = client.Get($"{client.Subscription}/resourceGroups", Version);
        Assert.Equal(["a", "b"], Names(first));
        Answer second = client.Send("GET", (string)first.Json["nextLink"]!);
        Assert.Equal(["c"], Names(second));
        Assert.False(second.Json.ContainsKey("nextLink"));
        Answer tagged = client.Send("GET", $"{client.Subscription}/resourceGroups?api-version={Version}&$filter=tagName eq 'env' and tagValue eq 'prod'");
        Assert.Equal(["b"], Names(tagged));
    }

    private static IEnumerable<string> Names(Answer answer) =>
        answer.Json["value"]!.AsArray().Select(static item => (string)item!["name"]!);
}
