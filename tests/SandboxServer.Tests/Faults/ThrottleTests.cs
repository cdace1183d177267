using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.Faults;

/// <summary>Azure's limits, on a server on which time stands still: no window ends.</summary>
public sealed class ThrottleTests
{
    [Fact]
    public async Task With_limits_a_machine_is_shown_36_times_in_a_minute()
    {
        List<HttpResponseMessage> answers = await AskFortyTimesAsync("--throttle", "--speed", "virtual");
        Assert.Equal([.. Enumerable.Repeat(200, 36), .. Enumerable.Repeat(429, 4)], answers.Select(static answer => (int)answer.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(1), answers[^1].Headers.RetryAfter?.Delta);
        JsonNode error = (await MachineScene.ReadAsync(answers[^1]))["error"]!;
        Assert.Equal("OperationNotAllowed", (string?)error["code"]);
        Assert.Equal("LowCostGetResource", (string?)error["details"]![0]!["target"]);
    }

    [Fact]
    public async Task Without_limits_it_is_shown_as_often_as_asked() =>
        Assert.All(await AskFortyTimesAsync("--speed", "virtual"), static answer => Assert.Equal(200, (int)answer.StatusCode));

    private static async Task<List<HttpResponseMessage>> AskFortyTimesAsync(params string[] options)
    {
        using var server = new ServerProcess(options);
        using HttpClient client = server.CreateClient();
        await MachineScene.CreateAsync(client, "vm1");
        var answers = new List<HttpResponseMessage>();
        for (int i = 0; i < 40; i++)
            answers.Add(await MachineScene.SendAsync(client, HttpMethod.Get, $"{MachineScene.Machine("vm1")}?api-version=2023-07-01"));
        return answers;
    }
}
