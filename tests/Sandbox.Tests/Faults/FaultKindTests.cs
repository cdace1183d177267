using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Tests.Faults;

/// <summary>The kinds of faults beside plain errors.</summary>
public sealed class FaultKindTests : IDisposable
{
    private const string Version = "2023-04-02";
    private const string Body = """{"location":"West Europe","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""";

    private readonly SandboxClient _client = new(new SandboxOptions { Seed = 7 });
    private readonly string _group;

    public FaultKindTests() => _group = _client.Group();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(429, "TooManyRequests")]
    [InlineData(500, "InternalServerError")]
    [InlineData(502, "BadGatewayConnection")]
    [InlineData(503, "ServerTimeout")]
    [InlineData(504, "GatewayTimeout")]
    public void AStatusBringsAzuresUsualCode(int status, string code)
    {
        _client.Sandbox.AddFault(new SandboxFault { Status = status });
        Answer answer = _client.Get("/subscriptions", "2022-12-01").ShouldBe(status);

        Assert.Equal(code, answer.Code);
        Assert.Null(answer.Header("Retry-After"));
    }

    [Fact]
    public void ABodyMayBeEmptyOrAProxysPage()
    {
        _client.Sandbox.AddFault(new SandboxFault { Status = 503, Body = string.Empty });
        _client.Sandbox.AddFault(new SandboxFault { Status = 502, Body = "<html>Bad Gateway</html>", Skip = 1 });
        Answer empty = _client.Get("/subscriptions", "2022-12-01").ShouldBe(503);
        Assert.Equal("0", empty.Header("Content-Length"));
        Assert.Null(empty.Header("Content-Type"));

        Answer page = _client.Get("/subscriptions", "2022-12-01").ShouldBe(502);
        Assert.Equal("<html>Bad Gateway</html>", page.Text);
        Assert.Equal("text/html", page.Header("Content-Type"));
    }

    [Fact]
    public void ARegionFailsAndTheOthersDoNot()
    {
        _client.Sandbox.AddFault(new SandboxFault { Location = "westeurope", Status = 503, Count = int.MaxValue });
        _client.Put(Disk("a"), Version, Body).ShouldBe(503);
        Answer made = _client.Put(Disk("b"), Version, Body.Replace("West Europe", "northeurope")).ShouldBe(202);

        _client.Get(Disk("b"), Version).ShouldBe(200);
        Assert.Equal("Succeeded", (string?)_client.Finish(made)["status"]);
        _client.Get($"{_client.Subscription}/providers/Microsoft.Compute/locations/westeurope/usages", "2023-07-01").ShouldBe(503);
    }

    [Fact]
    public void ProbabilityFollowsFromTheSeed()
    {
        string Draw(int seed)
        {
            using var client = new SandboxClient(new SandboxOptions { Seed = seed });
            client.Sandbox.AddFault(new SandboxFault { Probability = 0.25, Count = int.MaxValue, Status = 503 });
            return string.Concat(Enumerable.Range(0, 200).Select(_ => client.Get("/subscriptions", "2022-12-01").Status == 503 ? 'x' : '.'));
        }

        string first = Draw(1);
        Assert.Equal(first, Draw(1));
        Assert.NotEqual(first, Draw(2));
        Assert.InRange(first.Count(static c => c == 'x'), 30, 75);
    }

    [Fact]
    public void APollFailsWhileItsOperationSucceeds()
    {
        _client.Sandbox.AddFault(new SandboxFault { Path = "*/DiskOperations/*", Status = 504 });
        Answer put = _client.Put(Disk("a"), Version, Body).ShouldBe(202);
        string address = put.Header("Azure-AsyncOperation")!;
        _client.Send("GET", address).ShouldBe(504);
        _client.Advance(1);

        Assert.Equal("Succeeded", (string?)_client.Send("GET", address).ShouldBe(200).Json["status"]);
    }

    [Fact]
    public async Task AnAnswerIsSlowInSimulatedTime()
    {
        _client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.SlowAnswer, Delay = TimeSpan.FromSeconds(90) });
        DateTimeOffset before = _client.Sandbox.Clock.GetUtcNow();
        var headers = new Dictionary<string, string> { ["Authorization"] = "Bearer x" };
        var request = new SandboxRequest("GET", new Uri($"{SandboxClient.Root}/subscriptions?api-version=2022-12-01"), headers);

        SandboxResponse response = await _client.Sandbox.SendAsync(request, CancellationToken.None);

        Assert.Equal(200, response.Status);
        Assert.Equal(90, (_client.Sandbox.Clock.GetUtcNow() - before).TotalSeconds);
    }

    [Fact]
    public void AnOperationIsSlow()
    {
        _client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.SlowOperation, Operation = "Disks_*", Delay = TimeSpan.FromMinutes(10) });
        Answer put = _client.Put(Disk("a"), Version, Body).ShouldBe(202);
        _client.Advance(590);
        Assert.Equal("InProgress", (string?)_client.Send("GET", put.Header("Azure-AsyncOperation")!).Json["status"]);
        _client.Advance(15);
        Assert.Equal("Succeeded", (string?)_client.Send("GET", put.Header("Azure-AsyncOperation")!).Json["status"]);
    }

    [Fact]
    public void ACopyStallsAndAnotherBreaks()
    {
        string source = Snapshot("s", "westeurope", $$"""{"createOption":"Copy","sourceResourceId":"{{MakeDisk()}}"}""");
        string copy = $$"""{"createOption":"CopyStart","sourceResourceId":"{{source}}"}""";
        _client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.CopyStall, Operation = "Snapshots_*", Delay = TimeSpan.FromHours(2) });
        _client.Sandbox.AddFault(new SandboxFault { Effect = SandboxFaultEffect.CopyFailure, Operation = "Snapshots_CreateOrUpdate", Location = "eastus", Code = "InternalError", Message = "Lost." });
        string slow = Snapshot("slow", "northeurope", copy), broken = Snapshot("broken", "eastus", copy);

        _client.Advance(3600);
        Assert.InRange((decimal)Properties(slow)["completionPercent"]!, 40m, 55m);
        JsonNode failed = Properties(broken);
        Assert.Equal(50.0m, (decimal)failed["completionPercent"]!);
        Assert.Equal("InternalError", (string?)failed["copyCompletionError"]!["errorCode"]);
        Assert.Null(Properties(slow)["copyCompletionError"]);
        _client.Advance(4000);
        Assert.Equal(100.0m, (decimal)Properties(slow)["completionPercent"]!);
    }

    private string Disk(string name) => $"{_group}/providers/Microsoft.Compute/disks/{name}";

    private string MakeDisk()
    {
        _client.Finish(_client.Put(Disk("source"), Version, Body));
        return Disk("source");
    }

    private string Snapshot(string name, string location, string creation)
    {
        string id = $"{_group}/providers/Microsoft.Compute/snapshots/{name}";
        string body = $$"""{"location":"{{location}}","properties":{"creationData":{{creation}},"incremental":true} }""";
        Assert.Equal("Succeeded", (string?)_client.Finish(_client.Put(id, Version, body).ShouldBe(202))["status"]);
        return id;
    }

    private JsonNode Properties(string id) => _client.Get(id, Version).ShouldBe(200).Json["properties"]!;
}
