using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Snapshots;

public sealed class SnapshotTests : IDisposable
{
    private const string Version = "2023-10-02";

    private readonly SandboxClient _client = new();
    private readonly string _group;
    private readonly string _disk;

    public SnapshotTests()
    {
        _group = _client.Group();
        _disk = $"{_group}/providers/Microsoft.Compute/disks/d1";
        _client.Finish(_client.Put(_disk, "2023-04-02", """{"location":"westeurope","properties":{"osType":"Linux","hyperVGeneration":"V2","creationData":{"createOption":"Empty"},"diskSizeGB":5}}"""));
    }

    private string Snapshots => $"{_group}/providers/Microsoft.Compute/snapshots";

    public void Dispose() => _client.Dispose();

    [Fact]
    public void A_full_snapshot_takes_over_size_and_system()
    {
        JsonObject made = Make("s1", Body("Copy", _disk));
        JsonNode properties = made["properties"]!;
        Assert.Equal(
            ["osType", "hyperVGeneration", "creationData", "diskSizeGB", "encryption", "incremental", "networkAccessPolicy", "publicNetworkAccess", "timeCreated", "provisioningState", "diskState", "diskSizeBytes", "uniqueId"],
            properties.AsObject().Select(static p => p.Key));
        Assert.Equal(5, (int?)properties["diskSizeGB"]);
        Assert.Equal("V2", (string?)properties["hyperVGeneration"]);
        Assert.False((bool)properties["incremental"]!);
        Assert.Equal("Standard", (string?)made["sku"]!["tier"]);
    }

    [Fact]
    public void Snapshots_of_a_disk_are_one_family_and_stay_what_they_are()
    {
        JsonNode first = Make("s1", Body("Copy", _disk, incremental: true))["properties"]!;
        JsonNode second = Make("s2", Body("Copy", _disk, incremental: true))["properties"]!;
        Assert.Equal((string?)first["incrementalSnapshotFamilyId"], (string?)second["incrementalSnapshotFamilyId"]);
        Assert.NotEqual((string?)first["uniqueId"], (string?)second["uniqueId"]);
        Assert.False(first.AsObject().ContainsKey("completionPercent"));
        _client.Refused("PUT", $"{Snapshots}/s1", Version, Body("Copy", _disk), 409, "PropertyChangeNotAllowed");
    }

    [Fact]
    public void What_is_read_only_is_not_echoed()
    {
        JsonObject body = (JsonObject)JsonNode.Parse(Body("Copy", _disk, incremental: true))!;
        body["properties"]!["incrementalSnapshotFamilyId"] = new JsonObject();
        JsonObject echo = _client.Put($"{Snapshots}/s1", "2023-04-02", body.ToJsonString()).ShouldBe(202).Json;
        Assert.False(echo["properties"]!.AsObject().ContainsKey("incrementalSnapshotFamilyId"));
    }

    [Fact]
    public void A_full_snapshot_into_another_region_is_answered_misleadingly()
    {
        Answer answer = _client.Refused("PUT", $"{Snapshots}/s1", Version, Body("Copy", _disk, location: "eastus"), 404, "NotFound");
        Assert.Equal("{\r\n  \"error\": {\r\n    \"code\": \"NotFound\",\r\n    \"message\": \"Resource d1 is not found.\"\r\n  }\r\n}", answer.Text);
    }

    [Fact]
    public void CopyStart_succeeds_at_once_and_is_done_after_four_minutes()
    {
        Make("s1", Body("Copy", _disk, incremental: true));
        Answer put = _client.Put($"{Snapshots}/c1", Version, Body("CopyStart", $"{Snapshots}/s1", "northeurope", true)).ShouldBe(202);
        JsonObject done = _client.Finish(put);
        Assert.Equal(1.8, (Time(done, "endTime") - Time(done, "startTime")).TotalSeconds);
        JsonObject output = done["properties"]!["output"]!.AsObject();
        Assert.False(output["properties"]!.AsObject().ContainsKey("completionPercent"));
        Assert.Equal("Succeeded", (string?)output["properties"]!["provisioningState"]);
        Assert.Contains("\"completionPercent\": 0.", _client.Get($"{Snapshots}/c1", Version).Text, StringComparison.Ordinal);
        Assert.Equal("Unattached", (string?)Read("c1")["diskState"]);
        _client.Advance(120);
        Assert.Contains("\"completionPercent\": 50.0,", _client.Get($"{Snapshots}/c1", Version).Text, StringComparison.Ordinal);
        Answer early = _client.Refused("PUT", $"{_group}/providers/Microsoft.Compute/disks/r1", "2023-04-02", Body("Copy", $"{Snapshots}/c1", "northeurope", incremental: null), 409, "OperationNotAllowed");
        Assert.Contains("background copy", early.Message, StringComparison.Ordinal);
        _client.Advance(120);
        Assert.Contains("\"completionPercent\": 100.0,", _client.Get($"{Snapshots}/c1", Version).Text, StringComparison.Ordinal);
        _client.Finish(_client.Put($"{_group}/providers/Microsoft.Compute/disks/r1", "2023-04-02", Body("Copy", $"{Snapshots}/c1", "northeurope", incremental: null)).ShouldBe(202));
    }

    [Fact]
    public void CopyStart_takes_only_an_incremental_snapshot()
    {
        Make("full", Body("Copy", _disk));
        Make("inc", Body("Copy", _disk, incremental: true));
        Answer disk = _client.Refused("PUT", $"{Snapshots}/c", Version, Body("CopyStart", _disk, "eastus", true), 400, "InvalidParameter");
        Assert.Equal("Entity not of expected type", disk.Message);
        Answer notIncremental = _client.Refused("PUT", $"{Snapshots}/c", Version, Body("CopyStart", _disk, "eastus"), 409, "OperationNotAllowed");
        Assert.Equal("CopyStart creation is not supported for this subscription.", notIncremental.Message);
        _client.Refused("PUT", $"{Snapshots}/c", Version, Body("CopyStart", $"{Snapshots}/full", "eastus", true), 400, "InvalidParameter");
        _client.Refused("PUT", $"{Snapshots}/c", Version, Body("CopyStart", $"{Snapshots}/none", "eastus", true), 404, "NotFound");
    }

    [Fact]
    public void One_snapshot_of_a_disk_travels_to_a_region_at_a_time()
    {
        Make("s1", Body("Copy", _disk, incremental: true));
        Make("s2", Body("Copy", _disk, incremental: true));
        Make("c1", Body("CopyStart", $"{Snapshots}/s1", "northeurope", true));
        _client.Refused("PUT", $"{Snapshots}/c2", Version, Body("CopyStart", $"{Snapshots}/s2", "northeurope", true), 409, "OperationNotAllowed");
        Make("c3", Body("CopyStart", $"{Snapshots}/s1", "japaneast", true));
        _client.Advance(300);
        Make("c2", Body("CopyStart", $"{Snapshots}/s2", "northeurope", true));
    }

    [Fact]
    public void A_copy_whose_source_is_deleted_never_ends()
    {
        Make("s1", Body("Copy", _disk, incremental: true));
        Make("c1", Body("CopyStart", $"{Snapshots}/s1", "northeurope", true));
        _client.Advance(100);
        _client.Finish(_client.Delete($"{Snapshots}/s1", Version).ShouldBe(202));
        _client.Advance(1000);
        JsonNode properties = Read("c1");
        Assert.Equal(40m, (decimal)properties["completionPercent"]!);
        Assert.Equal("CopySourceNotFound", (string?)properties["copyCompletionError"]!["errorCode"]);
    }

    private static string Body(string option, string source, string location = "westeurope", bool? incremental = false)
    {
        var properties = new JsonObject
        {
            ["creationData"] = new JsonObject { ["createOption"] = option, ["sourceResourceId"] = source },
        };
        if (incremental is { } kind) properties["incremental"] = kind;
        return new JsonObject
        {
            ["location"] = location,
            ["sku"] = new JsonObject { ["name"] = "Standard_LRS" },
            ["properties"] = properties,
        }.ToJsonString();
    }

    private static DateTimeOffset Time(JsonObject operation, string name) => DateTimeOffset.Parse((string)operation[name]!);

    private JsonObject Make(string name, string body)
    {
        _client.Finish(_client.Put($"{Snapshots}/{name}", Version, body).ShouldBe(202));
        return _client.Get($"{Snapshots}/{name}", Version).ShouldBe(200).Json;
    }

    private JsonNode Read(string name) => _client.Get($"{Snapshots}/{name}", Version).ShouldBe(200).Json["properties"]!;
}
