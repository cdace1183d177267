using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.ResourceGroups;

/// <summary>A group as a template, which can be deployed again.</summary>
public sealed class GroupExportTests : IDisposable
{
    private const string Version = SandboxClient.ResourcesVersion;

    private readonly SandboxClient _client = new();
    private readonly string _group;

    public GroupExportTests()
    {
        _group = _client.Group();
        _client.Finish(_client.Put($"{_group}/providers/Microsoft.Compute/disks/data-1", "2023-04-02",
            """{"location":"westeurope","tags":{"a":"[b]"},"sku":{"name":"Premium_LRS"},"properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""").ShouldBe(202));
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public void TheTemplateMakesTheSameAgain()
    {
        Answer started = _client.Post($"{_group}/exportTemplate", Version, """{"resources":["*"],"options":"IncludeParameterDefaultValue"}""").ShouldBe(202);
        _client.Send("GET", started.Header("Location")!).ShouldBe(202);
        _client.Advance(10);
        JsonNode template = _client.Send("GET", started.Header("Location")!).ShouldBe(200).Json["template"]!;
        Assert.Equal("""{"disks_data_1_name":{"defaultValue":"data-1","type":"String"}}""", template["parameters"]!.ToJsonString());
        JsonNode disk = Assert.Single(template["resources"]!.AsArray())!;
        Assert.Equal(("Microsoft.Compute/disks", "[parameters('disks_data_1_name')]", "Premium_LRS"),
            ((string?)disk["type"], (string?)disk["name"], (string?)disk["sku"]!["name"]));
        Assert.Null(disk["properties"]!["provisioningState"]);
        Assert.Null(disk["properties"]!["uniqueId"]);

        string other = _client.Group("other");
        string body = new JsonObject { ["properties"] = new JsonObject { ["mode"] = "Incremental", ["template"] = template.DeepClone() } }.ToJsonString();
        _client.Put($"{other}/providers/Microsoft.Resources/deployments/again", Version, body).ShouldBe(201);
        _client.Advance(60);
        JsonNode made = _client.Get($"{other}/providers/Microsoft.Compute/disks/data-1", "2023-04-02").ShouldBe(200).Json;
        Assert.Equal(("[b]", 4), ((string?)made["tags"]!["a"], (int)made["properties"]!["diskSizeGB"]!));
    }

    [Fact]
    public void OldVersionsAnswerAtOnceAndNamesMayStay()
    {
        Answer answer = _client.Post($"{_group}/exportTemplate", "2019-05-01", """{"resources":["*"],"options":"SkipAllParameterization"}""").ShouldBe(200);
        Assert.Equal("data-1", (string?)answer.Json["template"]!["resources"]![0]!["name"]);
        _client.Refused("POST", $"{_group}/exportTemplate", Version, $$"""{"resources":["{{_group}}/providers/Microsoft.Compute/disks/x"]}""", 404, "ResourceNotFound");
    }
}
