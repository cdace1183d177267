using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Tests.Deployments;

/// <summary>What deployments take beyond strict JSON, and their short path.</summary>
public sealed class RelaxedDeploymentTests : IDisposable
{
    private readonly SandboxClient _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("{a: 1, $b_2 : true}", """{"a":1,"$b_2":true}""")]
    [InlineData("{'a': 'it\\'s \"x\"'}", """{"a":"it\u0027s \u0022x\u0022"}""")]
    [InlineData("{\"a\": [1, 2, ], }", """{"a":[1,2]}""")]
    [InlineData("{ // one\n \"a\": /* two: */ 1 , // three\n }", """{"a":1}""")]
    [InlineData("{\"a\": \"x // y\\n\r\nz\"}", """{"a":"x // y\n\r\nz"}""")]
    [InlineData("{\"a\": null, b /* c */ : false}", """{"a":null,"b":false}""")]
    public void Templates_may_be_written_loosely(string loose, string strict) =>
        Assert.Equal(strict, JsonNode.Parse(RelaxedJson.ToStrict(loose))!.ToJsonString());

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("'")]
    [InlineData("/*")]
    [InlineData("a")]
    [InlineData("{a:b}")]
    public void What_is_wrong_in_both_ways_stays_wrong(string text) =>
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(RelaxedJson.ToStrict(text)));

    [Fact]
    public void A_loose_template_is_deployed_exported_and_watched_by_the_short_path()
    {
        string group = _client.Group("rg", "westus");
        string deployment = $"{group}/providers/Microsoft.Resources/deployments/d";
        const string template =
            "'$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', contentVersion: '1.0.0.0', 'resources': [], ";
        string body = $"{{\"properties\": {{\"mode\": \"Incremental\", template:{{ /* empty */ {template} }}}}}}";
        _client.Put(deployment, "2021-04-01", body).ShouldBe(201);
        _client.Advance(60);
        Assert.Equal("Succeeded", (string?)_client.Get($"{group}/deployments/d", "2021-04-01").ShouldBe(200).Json["properties"]!["provisioningState"]);
        _client.Get($"{group}/deployments/d/operations", "2021-04-01").ShouldBe(200);
        JsonObject exported = _client.Post($"{deployment}/exportTemplate", "2021-04-01").ShouldBe(200).Json;
        Assert.Equal("1.0.0.0", (string?)exported["template"]!["contentVersion"]);
    }

    [Fact]
    public void Other_resources_take_strict_JSON_only() =>
        _client.Put($"{_client.Subscription}/resourceGroups/rg", SandboxClient.ResourcesVersion, "{location: 'westus'}").ShouldBe(400);
}
