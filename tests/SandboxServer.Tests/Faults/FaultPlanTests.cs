using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.Faults;

/// <summary>What goes wrong goes wrong over the wire too.</summary>
public sealed class FaultPlanTests : IDisposable
{
    private const string Plan =
        """
        {
            // In the order of the requests of the tests.
            "requests": [
                { "method": "GET", "path": "*/resourcegroups", "status": 429, "retryAfterSeconds": 17 },
                { "method": "GET", "path": "*/resourcegroups", "effect": "TruncatedBody" },
                { "method": "PUT", "path": "*/resourceGroups/cut", "effect": "ConnectionReset", "afterEffect": true },
                { "operation": "Disks_CreateOrUpdate", "effect": "OperationFailure", "code": "Broken", "message": "The disk broke." },
            ],
            "guests": [ { "vm": "broken*", "kind": "AgentDies", "detail": "1" } ]
        }
        """;

    private static readonly string s_groups = MachineScene.Group[..MachineScene.Group.LastIndexOf('/')] + "?api-version=2022-09-01";

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");

    public FaultPlanTests() => File.WriteAllText(_path, Plan);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Requests_are_throttled_and_answers_are_truncated()
    {
        using var server = new ServerProcess("--fault-plan", _path, "--speed", "1");
        using HttpClient client = server.CreateClient();
        using HttpResponseMessage throttled = await client.GetAsync(s_groups, Cancelled);
        Assert.Equal((429, TimeSpan.FromSeconds(17)), ((int)throttled.StatusCode, throttled.Headers.RetryAfter?.Delta));
        Assert.Equal("TooManyRequests", (string?)(await MachineScene.ReadAsync(throttled))["error"]!["code"]);

        string half = await client.GetStringAsync(s_groups, Cancelled), whole = await client.GetStringAsync(s_groups, Cancelled);
        Assert.Equal(whole[..(whole.Length / 2)], half);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(half));
    }

    [Fact]
    public async Task A_connection_is_cut_after_the_effect()
    {
        using var server = new ServerProcess("--fault-plan", _path);
        string group = s_groups.Replace("?", "/cut?", StringComparison.Ordinal);

        // A client of its own: on a connection that was used before, it would try again by itself.
        using HttpClient first = server.CreateClient(), second = server.CreateClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => MachineScene.SendAsync(first, HttpMethod.Put, group, """{"location":"westeurope"}"""));
        using HttpResponseMessage shown = await second.GetAsync(group, Cancelled);
        Assert.Equal(200, (int)shown.StatusCode);
    }

    [Fact]
    public async Task An_operation_fails_and_a_machine_has_its_defect()
    {
        using var server = new ServerProcess("--fault-plan", _path, "--speed", "max");
        using HttpClient client = server.CreateClient();
        foreach (string name in (string[])["broken1", "sound1"]) await MachineScene.CreateAsync(client, name);

        using HttpResponseMessage begun = await MachineScene.SendAsync(
            client, HttpMethod.Put, $"{MachineScene.Group}/providers/Microsoft.Compute/disks/d1?api-version=2023-04-02",
            """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}""");
        using HttpResponseMessage ended = await client.GetAsync(begun.Headers.GetValues("Azure-AsyncOperation").Single(), Cancelled);
        JsonNode operation = await MachineScene.ReadAsync(ended);
        Assert.Equal(("Failed", "Broken", "The disk broke."), ((string?)operation["status"], (string?)operation["error"]!["code"], (string?)operation["error"]!["message"]));

        Assert.Equal("Not Ready", await AgentAfterScriptAsync(client, "broken1"));
        Assert.Equal("Ready", await AgentAfterScriptAsync(client, "sound1"));
    }

    [Theory]
    [InlineData("""{ "requests": [ { "methud": "PUT" } ] }""", "methud")]
    [InlineData("""{ "requests": [ { "probability": 7 } ] }""", "Probability lies between 0 and 1")]
    [InlineData("""{ "requests": [ { "retryAfterSeconds": -1 } ] }""", "RetryAfterSeconds is not negative")]
    [InlineData("""{ "requests": [ { "effect": "SlowAnswer" } ] }""", "SlowAnswer needs a Delay")]
    [InlineData("""{ "requests": null }""", "requests and guests are lists of faults")]
    [InlineData("requests:", "invalid start of a value")]
    public async Task A_bad_plan_ends_the_server_with_1_and_says_why(string plan, string reason)
    {
        await File.WriteAllTextAsync(_path, plan, Cancelled);
        using Process process = ServerProcess.Start("--fault-plan", _path);
        string error = await process.StandardError.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith($"The fault plan '{_path}' cannot be used: ", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private static async Task<string?> AgentAfterScriptAsync(HttpClient client, string name)
    {
        using HttpResponseMessage run = await MachineScene.SendAsync(
            client, HttpMethod.Post, $"{MachineScene.Machine(name)}/runCommand?api-version=2023-07-01", """{"commandId":"RunShellScript","script":["sleep 5"]}""");
        Assert.Equal(202, (int)run.StatusCode);
        using HttpResponseMessage shown = await client.GetAsync($"{MachineScene.Machine(name)}?$expand=instanceView&api-version=2023-07-01", Cancelled);
        return (string?)(await MachineScene.ReadAsync(shown))["properties"]!["instanceView"]!["vmAgent"]!["statuses"]![0]!["displayStatus"];
    }
}
