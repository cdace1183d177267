using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.State;

/// <summary>A server whose state file may not grow any further, as on a disk that is full.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string Groups = "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups";
    private const string Version = "?api-version=2022-09-01";

    // The limit holds for every file of the process, so nothing else may be written in it: not what the suite listens with either.
    private static readonly Dictionary<string, string> s_alone = new() { ["DOTNET_STARTUP_HOOKS"] = string.Empty };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Changes_are_refused_until_there_is_room_and_what_was_acknowledged_stays()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/prlimit"), "prlimit (util-linux) limits the size of a running server's files.");
        string state = Path.Combine(_folder, "state.jsonl");
        int acknowledged = 0;
        using (var server = new ServerProcess(s_alone, "--state", state))
        {
            using HttpClient client = server.CreateClient();
            Limit(server, "20000:unlimited");
            while (await PutAsync(client, $"g{acknowledged}") == HttpStatusCode.Created) acknowledged++;
            Assert.InRange(acknowledged, 1, 100);
            using HttpResponseMessage refusal = await SendAsync(client, "late");
            Assert.Equal(HttpStatusCode.InternalServerError, refusal.StatusCode);
            JsonNode error = (await refusal.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["error"]!;
            Assert.Equal("InternalServerError", (string?)error["code"]);
            Assert.StartsWith("The state file cannot be written: ", (string?)error["message"], StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, await GetAsync(client, "late"));
            Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "g0"));
            Limit(server, "unlimited");
            Assert.Equal(HttpStatusCode.Created, await PutAsync(client, "late"));
            server.Kill();
        }

        using var next = new ServerProcess("--state", state);
        using HttpClient reader = next.CreateClient();
        for (int i = 0; i < acknowledged; i++) Assert.Equal(HttpStatusCode.OK, await GetAsync(reader, $"g{i}"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(reader, "late"));
    }

    private static void Limit(ServerProcess server, string size)
    {
        using Process limit = Process.Start("/usr/bin/prlimit", ["--pid", $"{server.Id}", $"--fsize={size}"]);
        limit.WaitForExit();
        Assert.Equal(0, limit.ExitCode);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string name) => client.PutAsJsonAsync(
        $"{Groups}/{name}{Version}", new { location = "westeurope", tags = new { text = new string('x', 250) } }, TestContext.Current.CancellationToken);

    private static async Task<HttpStatusCode> PutAsync(HttpClient client, string name)
    {
        using HttpResponseMessage answer = await SendAsync(client, name);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string name)
    {
        using HttpResponseMessage answer = await client.GetAsync($"{Groups}/{name}{Version}", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
