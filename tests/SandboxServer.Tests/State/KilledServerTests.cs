using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.State;

/// <summary>A server that is killed under load, and another that goes on with its state file.</summary>
public sealed class KilledServerTests : IDisposable
{
    private const string Groups = "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups";
    private const string Version = "?api-version=2022-09-01";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost()
    {
        string state = Path.Combine(_folder, "state.jsonl");
        var acknowledged = new ConcurrentDictionary<string, int>();
        for (int round = 0; round < 3; round++)
        {
            using var server = new ServerProcess("--state", state);
            using HttpClient client = server.CreateClient();
            await CheckAsync(client, acknowledged);
            Task[] writers = [.. Enumerable.Range(0, 8).Select(i => WriteAsync(client, $"r{round}w{i}", acknowledged))];
            int goal = acknowledged.Count + 40;
            while (acknowledged.Count < goal) await Task.WhenAny(Task.WhenAny(writers), Task.Delay(5, TestContext.Current.CancellationToken));
            server.Kill();
            await Task.WhenAll(writers);
        }

        using var last = new ServerProcess("--state", state);
        using HttpClient reader = last.CreateClient();
        await CheckAsync(reader, acknowledged);
    }

    [Fact]
    public async Task Nothing_is_lost_when_it_is_killed_while_it_writes_its_file_anew()
    {
        string state = Path.Combine(_folder, "state.jsonl");
        string padding = new('x', 250);
        var acknowledged = new ConcurrentDictionary<string, int>();
        using (var server = new ServerProcess("--state", state))
        {
            using HttpClient client = server.CreateClient();
            Task[] writers = [.. Enumerable.Range(0, 4).Select(i => WriteAsync(client, $"w{i}", acknowledged, padding))];
            while (!File.Exists(state + ".new")) await Task.Delay(1, TestContext.Current.CancellationToken);
            server.Kill();
            await Task.WhenAll(writers);
        }

        using var last = new ServerProcess("--state", state);
        using HttpClient reader = last.CreateClient();
        await CheckAsync(reader, acknowledged);
        Assert.False(File.Exists(state + ".new"));
    }

    [Fact]
    public async Task The_CA_stays_with_the_state()
    {
        string state = Path.Combine(_folder, "state.jsonl");
        using var first = new ServerProcess("--state", state);
        string trusted = await File.ReadAllTextAsync(first.CertificatePath, TestContext.Current.CancellationToken);
        first.Kill();
        using var second = new ServerProcess("--state", state);
        Assert.Equal(trusted, await File.ReadAllTextAsync(second.CertificatePath, TestContext.Current.CancellationToken));
    }

    // Each writer makes a group and then counts its tag up; a number is acknowledged when its answer has come.
    private static async Task WriteAsync(HttpClient client, string name, ConcurrentDictionary<string, int> acknowledged, string padding = "")
    {
        try
        {
            for (int i = 0; ; i++)
            {
                string group = $"{name}g{i / 5}";
                var tags = Enumerable.Range(0, padding.Length / 10).ToDictionary(static tag => $"t{tag}", _ => padding);
                tags["number"] = $"{i}";
                var body = new { location = "westeurope", tags };
                using HttpResponseMessage answer = await client.PutAsJsonAsync($"{Groups}/{group}{Version}", body);
                if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created)) return;
                acknowledged[group] = i;
            }
        }
        catch (HttpRequestException)
        {
            // The server is gone.
        }
    }

    private static async Task CheckAsync(HttpClient client, ConcurrentDictionary<string, int> acknowledged)
    {
        foreach ((string group, int number) in acknowledged)
        {
            JsonNode found = (await client.GetFromJsonAsync<JsonNode>($"{Groups}/{group}{Version}", TestContext.Current.CancellationToken))!;
            // One more may have been written without its answer coming through.
            Assert.InRange(int.Parse((string)found["tags"]!["number"]!, System.Globalization.CultureInfo.InvariantCulture), number, number + 1);
        }
    }
}
