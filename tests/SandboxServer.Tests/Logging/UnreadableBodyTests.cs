using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.Logging;

/// <summary>Whatever bytes come, the log has their exchange and the answer is the one that the server gives without a log.</summary>
public sealed class UnreadableBodyTests
{
    private const string Group = LoggedServer.Group + "?api-version=2022-09-01";
    private const string Account = LoggedServer.Group + "/providers/Microsoft.Storage/storageAccounts/logaccount?api-version=2022-09-01";

    private static readonly (string Name, string Value) s_version = ("x-ms-version", "2021-08-06");

    [Theory]
    [InlineData("{\"location\":\"westeurope\",\"location\":\"eastus\"}")]
    [InlineData("{\"location\":\"westeurope\",\"tags\":{\"a\":\"\\ud800\"}}")]
    [InlineData("{\"location\":\"west\u00FFeurope\"}")]
    public async Task A_refused_body_is_refused_as_ever_and_logged_by_its_length(string text)
    {
        // One byte for each letter: the last text is no UTF-8.
        byte[] body = Encoding.Latin1.GetBytes(text);
        using var server = new LoggedServer();
        (int status, string answer) = await server.SendAsync("PUT", Group, body);
        Assert.Equal((400, "InvalidRequestContent"), (status, (string?)JsonNode.Parse(answer)!["error"]!["code"]));
        Assert.Equal(404, (await server.SendAsync("GET", Group, null)).Status);

        JsonNode[] lines = server.Stop();
        Assert.Equal([400, 404], lines.Select(static line => (int)line["status"]!));
        Assert.Equal($$"""{"bytes":{{body.Length}}}""", lines[0]["request"]!["body"]!.ToJsonString());
        Assert.Equal("InvalidRequestContent", (string?)lines[0]["response"]!["body"]!["error"]!["code"]);
    }

    [Fact]
    public async Task A_body_as_deep_as_can_be_read_is_logged()
    {
        using var server = new LoggedServer();
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 62)) + "1" + new string('}', 62);
        (int status, _) = await server.PutAsync(Group, $"{{\"location\":\"westeurope\",\"properties\":{deep}}}");
        Assert.InRange(status, 200, 499);
        JsonNode line = Assert.Single(server.Stop());
        Assert.Equal(status, (int)line["status"]!);
        Assert.Equal("westeurope", (string?)line["request"]!["body"]!["location"]);
    }

    [Fact]
    public async Task A_blob_that_calls_itself_JSON_is_written_and_read_whatever_is_in_it()
    {
        byte[] blob = Encoding.UTF8.GetBytes("{\"a\":1,\"a\":2}");
        using var server = new LoggedServer("--speed", "max");
        await server.PutAsync(Group, """{"location":"westeurope"}""");
        await server.PutAsync(Account, """{"location":"westeurope","sku":{"name":"Standard_LRS"},"kind":"StorageV2"}""");
        Assert.Equal(200, (await server.SendAsync("GET", Account, null)).Status);
        Assert.Equal(201, (await server.SendAsync("PUT", "/logaccount/box?restype=container", [], headers: s_version)).Status);
        Assert.Equal(201, (await server.SendAsync("PUT", "/logaccount/box/x", blob, headers: [s_version, ("x-ms-blob-type", "BlockBlob")])).Status);
        Assert.Equal((200, "{\"a\":1,\"a\":2}"), await server.SendAsync("GET", "/logaccount/box/x", null, headers: s_version));

        JsonNode[] lines = server.Stop();
        Assert.Equal([201, 202, 200, 201, 201, 200], lines.Select(static line => (int)line["status"]!));
        Assert.Equal("""{"bytes":13}""", lines[4]["request"]!["body"]!.ToJsonString());
        Assert.Equal("""{"bytes":13}""", lines[5]["response"]!["body"]!.ToJsonString());
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_changes_no_answer()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a file that is always full.");
        using var server = new ServerProcess("--log", "/dev/full");
        using HttpClient client = server.CreateClient();
        for (int i = 0; i < 3; i++)
        {
            using var body = new StringContent("""{"location":"westeurope"}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await client.PutAsync(Group, body, TestContext.Current.CancellationToken);
            Assert.Equal(i == 0 ? 201 : 200, (int)answer.StatusCode);
        }

        Assert.Equal(0, await server.StopAsync("TERM", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Log_and_state_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Files have no modes there.");
            return;
        }

        string state = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jsonl");
        try
        {
            using var server = new LoggedServer("--state", state);
            await server.PutAsync(Group, """{"location":"westeurope"}""");
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal((owner, owner), (File.GetUnixFileMode(state), File.GetUnixFileMode(server.LogPath)));
        }
        finally
        {
            File.Delete(state);
            File.Delete(state + ".ca.pfx");
        }
    }
}
