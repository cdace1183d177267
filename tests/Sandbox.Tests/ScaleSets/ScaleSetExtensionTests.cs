using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.ScaleSets;

/// <summary>The extensions of a set's model, and what they do on its instances.</summary>
public sealed class ScaleSetExtensionTests : IDisposable
{
    private readonly ScaleSetFixture _sets = new();

    private string Extension => _sets.Set() + "/extensions/script";

    [Fact]
    public void ANewExtensionIsANewModel()
    {
        _sets.Create(1);
        Answer answer = _sets.Client.Put(Extension, ScaleSetFixture.Version, Body("touch /etc/mark")).ShouldBe(201);
        Assert.Equal("Creating", (string?)answer.Json["properties"]!["provisioningState"]);
        _sets.Client.Finish(answer);
        Assert.Equal([false], _sets.Latest());
        Assert.Empty(_sets.Client.Get(_sets.Instance(0) + "/extensions", ScaleSetFixture.Version).ShouldBe(200).Json["value"]!.AsArray());
        _sets.Act("manualupgrade", """{"instanceIds":["*"]}""");
        Assert.Equal([true], _sets.Latest());
        JsonNode extension = Assert.Single(
            _sets.Client.Get(_sets.Instance(0) + "/extensions", ScaleSetFixture.Version).Json["value"]!.AsArray())!;
        Assert.Equal("Succeeded", (string?)extension["properties"]!["provisioningState"]);
        Assert.Null(_sets.Client.Get(Extension, ScaleSetFixture.Version).ShouldBe(200).Json["properties"]!["protectedSettings"]);
    }

    [Fact]
    public void AScriptThatFailsFailsItsInstances()
    {
        JsonObject body = _sets.Body(1);
        var extension = (JsonObject)JsonNode.Parse(Body("exit 4"))!;
        extension["name"] = "script";
        ScaleSetFixture.Profile(body)["extensionProfile"] = new JsonObject { ["extensions"] = new JsonArray(extension) };
        JsonObject end = _sets.Client.Finish(
            _sets.Client.Put(_sets.Set(), ScaleSetFixture.Version, body.ToJsonString()).ShouldBe(201));
        Assert.Equal("VMExtensionProvisioningError", (string?)end["error"]!["code"]);
        Assert.Equal("Failed", (string?)_sets.Instances()[0]["properties"]!["provisioningState"]);
        Assert.Equal("Failed", (string?)_sets.Get()["properties"]!["provisioningState"]);
    }

    [Fact]
    public void AnExtensionThatIsRemovedIsGone()
    {
        _sets.Create(0);
        _sets.Client.Finish(_sets.Client.Put(Extension, ScaleSetFixture.Version, Body("true")).ShouldBe(201));
        _sets.Client.Finish(_sets.Client.Delete(Extension, ScaleSetFixture.Version).ShouldBe(202));
        _sets.Client.Delete(Extension, ScaleSetFixture.Version).ShouldBe(204);
        Assert.Empty(_sets.Client.Get(_sets.Set() + "/extensions", ScaleSetFixture.Version).ShouldBe(200).Json["value"]!.AsArray());
        Assert.Equal("The entity was not found in this Azure location.", _sets.Refused("GET", Extension, null, 404, "NotFound").Message);
    }

    private static string Body(string command) => new JsonObject
    {
        ["properties"] = new JsonObject
        {
            ["publisher"] = "Microsoft.Azure.Extensions",
            ["type"] = "CustomScript",
            ["typeHandlerVersion"] = "2.1",
            ["protectedSettings"] = new JsonObject { ["commandToExecute"] = command },
        },
    }.ToJsonString();

    public void Dispose() => _sets.Dispose();
}
