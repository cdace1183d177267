using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Versions;

/// <summary>Answers show resources as the request's api-version does, wherever they stand in the body; the world keeps them whole.</summary>
public sealed class AnswerVersionTests : IDisposable
{
    private const string Disks = "2023-04-02";
    private const string OldDisks = "2017-03-30";

    private readonly SandboxClient _client = new();

    [Fact]
    public void AnOldVersionLeavesOutWhatCameLaterAndANewOneShowsItAgain()
    {
        string snapshot = Snapshot();
        Assert.False(Properties(_client.Get(snapshot, OldDisks).Json).ContainsKey("incremental"));
        Assert.False((bool)Properties(_client.Get(snapshot, OldDisks).Json)["encryptionSettings"]!["enabled"]!);
        Assert.False((bool)Properties(_client.Get(snapshot, Disks).Json)["incremental"]!);
        Assert.False(Properties(_client.Get(snapshot, Disks).Json).ContainsKey("encryptionSettings"));
    }

    [Fact]
    public void AListShowsItsItemsSo()
    {
        string snapshot = Snapshot();
        JsonNode item = _client.Get(snapshot[..snapshot.LastIndexOf('/')], OldDisks).Json["value"]!.AsArray().Single()!;
        Assert.False(Properties(item).ContainsKey("uniqueId"));
    }

    [Fact]
    public void AnOperationShowsItsOutcomeInTheVersionOfThePoll()
    {
        string path = $"{_client.Group()}/providers/Microsoft.Compute/snapshots/s1";
        JsonObject status = _client.Finish(_client.Put(path, OldDisks, Body));
        Assert.False(Properties(status["properties"]!["output"]!).ContainsKey("incremental"));
    }

    [Fact]
    public void AGroupHasItsTypeSince2018()
    {
        string group = _client.Group();
        Assert.False(_client.Get(group, "2018-02-01").Json.ContainsKey("type"));
        Assert.Equal("Microsoft.Resources/resourceGroups", (string?)_client.Get(group, "2018-05-01").Json["type"]);
    }

    public void Dispose() => _client.Dispose();

    private const string Body = """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":5}}""";

    private static JsonObject Properties(JsonNode resource) => (JsonObject)resource["properties"]!;

    private string Snapshot()
    {
        string path = $"{_client.Group()}/providers/Microsoft.Compute/snapshots/s1";
        _client.Finish(_client.Put(path, Disks, Body));
        return path;
    }
}
