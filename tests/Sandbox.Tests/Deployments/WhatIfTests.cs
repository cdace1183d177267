using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Deployments;

/// <summary>What a deployment would change, without changing it.</summary>
public sealed class WhatIfTests : IDisposable
{
    private const string Version = SandboxClient.ResourcesVersion;
    private const string DiskVersion = "2023-04-02";

    private readonly SandboxClient _client = new();
    private readonly string _group;

    public WhatIfTests()
    {
        _group = _client.Group();
        foreach (string name in new[] { "same", "changed", "other" })
            _client.Finish(_client.Put(Disk(name), DiskVersion, """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""").ShouldBe(202));
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public void EachResourceIsMadeChangedOrLeft()
    {
        JsonArray changes = Ask("Incremental", "FullResourcePayloads");
        Assert.Equal(
            [(Disk("new"), "Create"), (Disk("same"), "NoChange"), (Disk("changed"), "Modify"), (Disk("other"), "Ignore")],
            changes.Select(static change => ((string)change!["resourceId"]!, (string)change["changeType"]!)));
        Assert.Equal(
            """[{"path":"properties.diskSizeGB","propertyChangeType":"Modify","before":4,"after":8}]""", changes[2]!["delta"]!.ToJsonString());
        Assert.Equal(4, (int)_client.Get(Disk("changed"), DiskVersion).Json["properties"]!["diskSizeGB"]!);
        _client.Get(Disk("new"), DiskVersion).ShouldBe(404);
    }

    [Fact]
    public void ACompleteDeploymentDeletesTheRest() => Assert.Equal(
        ["Create", "Deploy", "Deploy", "Delete"], Ask("Complete", "ResourceIdOnly").Select(static change => (string?)change!["changeType"]));

    private JsonArray Ask(string mode, string format)
    {
        string before = _client.Get(_group, Version).Text;
        var resources = new JsonArray(Resource("new", 4), Resource("same", 4), Resource("changed", 8));
        var template = new JsonObject
        {
            ["$schema"] = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", ["contentVersion"] = "1.0.0.0", ["resources"] = resources,
        };
        var properties = new JsonObject { ["mode"] = mode, ["template"] = template, ["whatIfSettings"] = new JsonObject { ["resultFormat"] = format } };
        Answer started = _client.Post(
            $"{_group}/providers/Microsoft.Resources/deployments/d/whatIf", Version, new JsonObject { ["properties"] = properties }.ToJsonString()).ShouldBe(202);
        _client.Advance(10);
        JsonObject result = _client.Send("GET", started.Header("Location")!).ShouldBe(200).Json;
        Assert.Equal("Succeeded", (string?)result["status"]);
        Assert.Equal(before, _client.Get(_group, Version).Text);
        return result["properties"]!["changes"]!.AsArray();
    }

    private static JsonObject Resource(string name, int size) => new JsonObject
    {
        ["type"] = "Microsoft.Compute/disks", ["apiVersion"] = DiskVersion, ["name"] = name, ["location"] = "westeurope",
        ["properties"] = new JsonObject { ["creationData"] = new JsonObject { ["createOption"] = "Empty" }, ["diskSizeGB"] = size },
    };

    private string Disk(string name) => $"{_group}/providers/Microsoft.Compute/disks/{name}";
}
