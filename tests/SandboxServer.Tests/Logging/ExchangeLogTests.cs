using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.Logging;

public sealed class ExchangeLogTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jsonl");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Every_exchange_is_a_line_without_secrets()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        using (var server = new ServerProcess("--log", _path))
        {
            using HttpClient client = server.CreateClient();
            using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "a"), new("client_secret", "S3cret")]);
            using HttpResponseMessage token = await client.PostAsync("/adfs/oauth2/token", form, cancelled);
            var body = new { location = "westeurope", properties = new { osProfile = new { adminPassword = "S3cret" } } };
            const string machine = "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/none/providers/Microsoft.Compute/virtualMachines/vm1";
            using HttpResponseMessage put = await client.PutAsJsonAsync($"{machine}?api-version=2023-07-01", body, cancelled);
        }

        string text = await File.ReadAllTextAsync(_path, cancelled);
        Assert.DoesNotContain("S3cret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sandbox-token", text, StringComparison.Ordinal);
        JsonNode[] lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];
        Assert.Equal([("POST", 200), ("PUT", 404)], lines.Select(static line => ((string)line["method"]!, (int)line["status"]!)));
        Assert.EndsWith("/virtualMachines/vm1?api-version=2023-07-01", (string?)lines[1]["url"], StringComparison.Ordinal);
        Assert.Equal("westeurope", (string?)lines[1]["request"]!["body"]!["location"]);
        Assert.Equal("ResourceGroupNotFound", (string?)lines[1]["response"]!["body"]!["error"]!["code"]);
    }
}
