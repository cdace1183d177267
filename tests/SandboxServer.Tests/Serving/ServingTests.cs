using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.Serving;

/// <summary>ARM over HTTPS: many connections, odd targets, waits and times.</summary>
public sealed class ServingTests
{
    private const string Subscription = "/subscriptions/10000000-0000-4000-8000-000000000001";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_connections_are_served_at_once_and_each_again_and_again()
    {
        using var server = new ServerProcess();
        HttpClient[] clients = [.. Enumerable.Range(0, 50).Select(_ => server.CreateClient())];
        await Task.WhenAll(clients.Select(async client =>
        {
            for (int i = 0; i < 10; i++)
            {
                using HttpResponseMessage answer = await client.GetAsync($"{Subscription}?api-version=2022-12-01", Cancelled);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }));
        foreach (HttpClient client in clients) client.Dispose();
    }

    [Fact]
    public async Task Operations_are_done_at_their_first_poll_when_time_jumps()
    {
        using var server = new ServerProcess("--speed", "max");
        using HttpClient client = server.CreateClient();
        string poll = await StartDiskAsync(client);
        JsonNode status = (await client.GetFromJsonAsync<JsonNode>(poll, Cancelled))!;
        Assert.Equal("Succeeded", (string?)status["status"]);
    }

    [Fact]
    public async Task A_wait_is_told_in_the_clients_seconds()
    {
        using var server = new ServerProcess("--speed", "1");
        using HttpClient client = server.CreateClient();
        using HttpResponseMessage answer = await client.GetAsync(await StartDiskAsync(client), Cancelled);
        Assert.Equal("InProgress", (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["status"]);
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task The_clock_starts_at_the_machines_time_unless_told_otherwise()
    {
        using var now = new ServerProcess();
        using HttpClient first = now.CreateClient();
        using HttpResponseMessage today = await first.GetAsync("/tenants?api-version=2022-12-01", Cancelled);
        Assert.True((today.Headers.Date!.Value - DateTimeOffset.UtcNow).Duration() < TimeSpan.FromDays(1));

        using var then = new ServerProcess("--start", "2031-05-04T03:02:01Z");
        using HttpClient second = then.CreateClient();
        using HttpResponseMessage later = await second.GetAsync("/tenants?api-version=2022-12-01", Cancelled);
        Assert.Equal(new DateTime(2031, 5, 4), later.Headers.Date!.Value.UtcDateTime.Date);
    }

    [Theory]
    [InlineData("GET /subscriptions//?api-version=2022-12-01 HTTP/1.1")]
    [InlineData("GET /../../etc/passwd?api-version=2022-12-01 HTTP/1.1")]
    [InlineData("GET /%2e%2e/%00?api-version=2022-12-01 HTTP/1.1")]
    [InlineData("GET * HTTP/1.1")]
    [InlineData("BREW /subscriptions?api-version=2022-12-01 HTTP/1.1")]
    public async Task Odd_requests_are_answered_and_are_nobodys_fault_but_the_clients(string line)
    {
        using var server = new ServerProcess();
        string status = await RawAsync(server, $"{line}\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 (200|4[0-9][0-9]) ", status);
    }

    // Kestrel decodes the path before any code of ours, or any middleware, sees the request; there is nothing to hook its answer with.
    [Fact]
    public async Task A_path_with_a_zero_byte_is_refused_by_the_web_server_itself()
    {
        using var server = new ServerProcess();
        string answer = await RawAsync(
            server, "GET /subscriptions/%00?api-version=2022-12-01 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host: evil.example\r\n\r\n")]
    [InlineData("Host: 127.0.0.1:1@evil.example\r\n\r\n")]
    [InlineData("Host: 127.0.0.1\r\nHost: evil.example\r\n\r\n")]
    [InlineData("\r\n")]
    [InlineData("Host: 127.0.0.1\r\n\r\n")]
    [InlineData("Host: 127.0.0.1\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("Host: 127.0.0.1\r\nContent-Length: 99999999\r\n\r\n")]
    [InlineData("Host: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("Host: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")]
    [InlineData("Host: 127.0.0.1\r\nContent-Type: application/xml\r\nContent-Length: 4\r\n\r\n<x/>")]
    [InlineData("Host: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u001f\u0008xx")]
    public async Task A_write_that_HTTP_or_ARM_cannot_read_is_refused(string rest)
    {
        using var server = new ServerProcess();
        string status = await RawAsync(
            server, $"PUT {Subscription}/resourceGroups/g?api-version=2022-09-01 HTTP/1.1\r\nAuthorization: Bearer x\r\nConnection: close\r\n{rest}");
        Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", status);
        using HttpClient client = server.CreateClient();
        using HttpResponseMessage group = await client.GetAsync($"{Subscription}/resourceGroups/g?api-version=2022-09-01", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, group.StatusCode);
    }

    private static async Task<string> RawAsync(ServerProcess server, string request)
    {
        var address = new Uri(server.Address);
        using var connection = new TcpClient(address.Host, address.Port);
        await using var tls = new SslStream(connection.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = address.Host, CertificateChainPolicy = server.CreateTrust() }, Cancelled);
        await tls.WriteAsync(Encoding.ASCII.GetBytes(request), Cancelled);
        using var reader = new StreamReader(tls);
        return await reader.ReadLineAsync(Cancelled) ?? string.Empty;
    }

    private static async Task<string> StartDiskAsync(HttpClient client)
    {
        string group = $"{Subscription}/resourceGroups/images";
        using HttpResponseMessage made = await client.PutAsJsonAsync($"{group}?api-version=2022-09-01", new { location = "westeurope" }, Cancelled);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var body = new { location = "westeurope", properties = new { creationData = new { createOption = "Empty" }, diskSizeGB = 4 } };
        using HttpResponseMessage put = await client.PutAsJsonAsync($"{group}/providers/Microsoft.Compute/disks/d1?api-version=2023-04-02", body, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, put.StatusCode);
        return put.Headers.GetValues("Azure-AsyncOperation").Single();
    }
}
