namespace ImageCmdlets.Sandbox.Tests.Resources;

public sealed class ResourceListTests : IDisposable
{
    private const string Version = "2023-04-02";

    private readonly SandboxClient _client = new(new SandboxOptions { PageSize = 2 });
    private readonly string _group;

    public ResourceListTests()
    {
        _group = _client.Group();
        foreach (string name in new[] { "a", "b", "c" }) MakeDisk(_group, name, $$"""{"name":"{{name}}","env":"it's"}""");
        MakeDisk(_client.Group("other", "eastus"), "d", "{}", "eastus");
    }

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("resourceGroup eq 'IMAGES'", "a,b,c")]
    [InlineData("resourceType eq 'microsoft.compute/disks'", "a,b,c,d")]
    [InlineData("resourceType eq 'Microsoft.Compute/images'", "")]
    [InlineData("tagName eq 'NAME' and tagValue eq 'b'", "b")]
    [InlineData("tagName eq 'env' and tagValue eq 'it''s'", "a,b,c")]
    [InlineData("resourceType eq 'Microsoft.Compute/disks' and location eq 'East US'", "")]
    [InlineData("resourceType eq 'Microsoft.Compute/disks' and location eq 'eastus'", "d")]
    [InlineData("name ne 'a' and resourceGroup eq 'images'", "b,c")]
    public void Resources_are_found_by_filter(string filter, string names) =>
        Assert.Equal(names, string.Join(",", Names($"{_client.Subscription}/resources?api-version=2021-04-01&$filter={Uri.EscapeDataString(filter)}")));

    [Theory]
    [InlineData("tagName eq 'NAME' and tagValue eq 'b'", false)]
    [InlineData("tagName eq 'NAME'", true)]
    [InlineData("name eq 'b'", true)]
    public void A_list_that_is_filtered_by_a_tags_value_comes_without_tags(string filter, bool hasTags)
    {
        Answer answer = _client.Send("GET", $"{_group}/resources?api-version=2021-04-01&$filter={Uri.EscapeDataString(filter)}").ShouldBe(200);
        Assert.All(answer.Json["value"]!.AsArray(), item => Assert.Equal(hasTags, item!["tags"] is not null));
    }

    [Fact]
    public void A_filter_that_ARM_does_not_know_is_refused()
    {
        Answer answer = _client.Send("GET", $"{_client.Subscription}/resources?api-version=2021-04-01&$filter=size gt 3").ShouldBe(400);
        Assert.Equal("InvalidFilterInQueryString", answer.Code);
        Assert.Equal("Invalid $filter 'size gt 3' specified in the query string.", answer.Message);
    }

    [Fact]
    public void Items_have_no_properties_and_links_lead_on()
    {
        Answer first = _client.Send("GET", $"{_group}/resources?api-version=2021-04-01&$expand=provisioningState").ShouldBe(200);
        Assert.Equal(["id", "name", "type", "sku", "location", "tags", "provisioningState"], first.Json["value"]![0]!.AsObject().Select(static p => p.Key));
        Assert.Contains("%24skiptoken=", (string?)first.Json["nextLink"], StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], Names($"{_group}/resources?api-version=2021-04-01"));
    }

    [Fact]
    public void The_time_of_creation_is_shown_when_asked_for_and_outlasts_updates()
    {
        string list = $"{_group}/resources?api-version=2021-04-01&$filter=name eq 'a'&$expand=createdTime";
        string created = (string)_client.Send("GET", list).ShouldBe(200).Json["value"]![0]!["createdTime"]!;
        _client.Advance(60);
        _client.Finish(_client.Patch($"{_group}/providers/Microsoft.Compute/disks/a", "2023-04-02", """{"tags":{"x":"1"}}"""));

        Assert.Equal(created, (string?)_client.Send("GET", list).ShouldBe(200).Json["value"]![0]!["createdTime"]);
        Assert.False(_client.Send("GET", $"{_group}/resources?api-version=2021-04-01").Json["value"]![0]!.AsObject().ContainsKey("createdTime"));
    }

    [Fact]
    public void Tags_are_merged_replaced_and_taken_away_at_any_scope()
    {
        string tags = $"{_group}/providers/Microsoft.Compute/disks/a/providers/Microsoft.Resources/tags/default";
        Answer merged = _client.Patch(tags, "2021-04-01", """{"operation":"Merge","properties":{"tags":{"x":"1"}}}""").ShouldBe(200);
        Assert.Equal("""{"name":"a","env":"it's","x":"1"}""", merged.Json["properties"]!["tags"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        _client.Patch(tags, "2021-04-01", """{"operation":"Delete","properties":{"tags":{"x":"1","name":"zzz"}}}""").ShouldBe(200);
        Assert.Equal("a", (string?)_client.Get($"{_group}/providers/Microsoft.Compute/disks/a", Version).Json["tags"]!["name"]);
        Assert.Equal("{}", _client.Put(tags, "2021-04-01", """{"properties":{"tags":{}}}""").Json["properties"]!["tags"]!.ToJsonString());
        _client.Refused("PATCH", tags, "2021-04-01", """{"operation":"Turn","properties":{"tags":{}}}""", 400, "InvalidRequestContent");
        _client.Refused("PATCH", tags.Replace("/a/", "/none/"), "2021-04-01", """{"operation":"Merge","properties":{"tags":{}}}""", 404, "ResourceNotFound");
        _client.Get($"{_group}/providers/Microsoft.Resources/tags/default", "2021-04-01").ShouldBe(200);
    }

    [Fact]
    public void Deleting_a_group_takes_its_resources_along()
    {
        Answer answer = _client.Delete(_group, SandboxClient.ResourcesVersion).ShouldBe(202);
        _client.Advance(60);
        _client.Send("GET", answer.Header("Location")!).ShouldBe(200);
        Assert.Equal(1, _client.Sandbox.GetStatistics().ResourcesByType["Microsoft.Compute/disks"]);
    }

    private void MakeDisk(string group, string name, string tags, string location = "westeurope") => _client.Finish(_client.Put(
        $"{group}/providers/Microsoft.Compute/disks/{name}",
        Version,
        $$$"""{"location":"{{{location}}}","tags":{{{tags}}},"properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""").ShouldBe(202));

    private List<string> Names(string address)
    {
        var names = new List<string>();
        for (string? next = address; next is not null;)
        {
            Answer page = _client.Send("GET", next).ShouldBe(200);
            names.AddRange(page.Json["value"]!.AsArray().Select(static item => (string)item!["name"]!));
            next = (string?)page.Json["nextLink"];
        }

        return names;
    }
}
