using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Tests.Specification;

namespace ImageCmdlets.SandboxServer.Tests.Logging;

/// <summary>A server with a log, and a client that counts what it asks.</summary>
internal sealed class LoggedServer : IDisposable
{
    public const string Group = "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/hz1";

    private readonly ServerProcess _server;
    private readonly HttpClient _client;

    public LoggedServer(params string[] options)
    {
        _server = new ServerProcess(["--log", LogPath, .. options]);
        _client = _server.CreateClient();
    }

    public string LogPath { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jsonl");

    /// <summary>Requests that were answered.</summary>
    public int Exchanges { get; private set; }

    public Task<(int Status, string Body)> PutAsync(string address, string body) => SendAsync("PUT", address, Encoding.UTF8.GetBytes(body));

    public async Task<(int Status, string Body)> SendAsync(
        string method, string address, byte[]? body, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        // What is logged is often wrong on purpose; the specification judges only what is answered to it.
        request.Headers.Add(Exchange.HostileHeader, "1");
        foreach ((string name, string value) in headers) request.Headers.Add(name, value);
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        using HttpResponseMessage answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Exchanges++;
        return ((int)answer.StatusCode, text);
    }

    /// <summary>What is in the log once the server has ended.</summary>
    public JsonNode[] Stop()
    {
        _server.Kill();
        // A body of 64 levels stands below two of its line.
        var deep = new JsonDocumentOptions { MaxDepth = 66 };
        return [.. File.ReadAllLines(LogPath).Select(line => JsonNode.Parse(line, documentOptions: deep)!)];
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        File.Delete(LogPath);
    }
}
