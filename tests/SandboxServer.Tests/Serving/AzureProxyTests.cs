using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.Serving;

/// <summary>The proxy for clients that know Azure's own names only: they reach the sandbox by them, and nothing else.</summary>
public sealed class AzureProxyTests
{
    private const string Subscription = "https://management.azure.com/subscriptions/10000000-0000-4000-8000-000000000001";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Azures_own_names_lead_to_the_sandbox_which_then_speaks_in_them()
    {
        using var server = new ServerProcess("--proxy", "0", "--speed", "max");
        using HttpClient client = Client(server);
        await PutAsync(client, $"{Subscription}/resourceGroups/rg?api-version=2022-09-01", """{"location":"westus"}""");
        Uri done = (await PutAsync(
            client,
            $"{Subscription}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/vhdsofpeer?api-version=2022-09-01",
            """{"location":"westus","kind":"StorageV2","sku":{"name":"Standard_LRS"}}"""))!;
        Assert.Equal("management.azure.com", done.Host);

        JsonNode account = (await client.GetFromJsonAsync<JsonNode>(done, Cancelled))!;
        string blobs = (string)account["properties"]!["primaryEndpoints"]!["blob"]!;
        Assert.Equal("https://vhdsofpeer.blob.core.windows.net/", blobs);
        // Answered by the data plane, which believes no bearer token of any word.
        using HttpResponseMessage answer = await client.GetAsync(new Uri(blobs + "?comp=list"), Cancelled);
        Assert.Equal("Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0", answer.Headers.Server.ToString());
        using HttpResponseMessage login = await client.GetAsync(
            "https://login.microsoftonline.com/20000000-0000-4000-8000-000000000001/v2.0/.well-known/openid-configuration", Cancelled);
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
    }

    [Theory]
    [InlineData("CONNECT example.com:443 HTTP/1.1", "HTTP/1.1 403 Forbidden")]
    [InlineData("CONNECT blob.core.windows.net:443 HTTP/1.1", "HTTP/1.1 403 Forbidden")]
    [InlineData("CONNECT a.b.blob.core.windows.net:443 HTTP/1.1", "HTTP/1.1 403 Forbidden")]
    [InlineData("CONNECT management.azure.com:80 HTTP/1.1", "HTTP/1.1 403 Forbidden")]
    [InlineData("CONNECT management.azure.com HTTP/1.1", "HTTP/1.1 403 Forbidden")]
    [InlineData("GET http://management.azure.com/ HTTP/1.1", "HTTP/1.1 405 Method Not Allowed")]
    [InlineData("nonsense", "HTTP/1.1 405 Method Not Allowed")]
    [InlineData("CONNECT MANAGEMENT.azure.com:443 HTTP/1.1", "HTTP/1.1 200 Connection Established")]
    [InlineData("CONNECT md-a1b2.z49.blob.storage.azure.net:443 HTTP/1.1", "HTTP/1.1 200 Connection Established")]
    public async Task Only_names_of_Azure_are_let_through(string request, string answer)
    {
        using var server = new ServerProcess("--proxy", "0");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(server.Proxy!).Port, Cancelled);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request + "\r\nHost: any\r\n\r\n"), Cancelled);
        using var reader = new StreamReader(stream);
        Assert.Equal(answer, await reader.ReadLineAsync(Cancelled));
    }

    [Fact]
    public async Task A_proxy_without_the_port_it_wants_ends_the_server()
    {
        var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var process = ServerProcess.Start("--port", "0", "--proxy", $"{port}");
        string said = await process.StandardError.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        taken.Stop();
        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith($"The proxy cannot listen on port {port}: ", said, StringComparison.Ordinal);
    }

    private static HttpClient Client(ServerProcess server)
    {
        var handler = new SocketsHttpHandler { Proxy = new WebProxy(server.Proxy) };
        handler.SslOptions.CertificateChainPolicy = server.CreateTrust();
        var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "sandbox-token");
        return client;
    }

    private static async Task<Uri?> PutAsync(HttpClient client, string address, string body)
    {
        using HttpResponseMessage answer = await client.PutAsync(address, new StringContent(body, Encoding.UTF8, "application/json"), Cancelled);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode}");
        return answer.Headers.Location;
    }
}
