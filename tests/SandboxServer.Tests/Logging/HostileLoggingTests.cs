using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Tests.Fuzzing;

namespace ImageCmdlets.SandboxServer.Tests.Logging;

/// <summary>The hostile bodies of the sandbox's own fuzzing, over HTTPS and with a log: never a server error, and each in the log.</summary>
public sealed class HostileLoggingTests(ITestOutputHelper output)
{
    private const int Cases = 400;

    private static readonly (string Method, string Address)[] s_targets =
    [
        ("PUT", LoggedServer.Group + "?api-version=2022-09-01"),
        ("PATCH", LoggedServer.Group + "?api-version=2022-09-01"),
        ("PUT", LoggedServer.Group + "/providers/Microsoft.Compute/disks/d?api-version=2023-04-02"),
        ("POST", LoggedServer.Group + "/providers/Microsoft.Compute/disks/d/beginGetAccess?api-version=2023-04-02"),
        ("PUT", LoggedServer.Group + "/providers/Microsoft.Compute/virtualMachines/v?api-version=2023-07-01"),
        ("PUT", LoggedServer.Group + "/providers/Microsoft.Resources/deployments/x?api-version=2022-09-01"),
        ("PUT", LoggedServer.Group + "/providers/Microsoft.Network/virtualNetworks/n?api-version=2022-07-01"),
        ("PUT", "/fuzzaccount/box/x"),
        ("PUT", "/fuzzaccount/box/x?comp=blocklist"),
        ("GET", "/fuzzaccount/box/x"),
        ("POST", "/adfs/oauth2/token"),
    ];

    private static readonly string[] s_contentTypes =
        ["application/json", "application/json; charset=utf-16", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"];

    private static readonly JsonObject s_good = (JsonObject)JsonNode.Parse(
        """{"location":"westeurope","sku":{"name":"Standard_LRS"},"tags":{"a":"b"},"properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4,"mode":"Incremental"}}""")!;

    [Fact]
    public async Task Nothing_hostile_is_a_server_error_or_missing_in_the_log()
    {
        using var server = new LoggedServer("--speed", "max");
        await server.PutAsync(LoggedServer.Group + "?api-version=2022-09-01", """{"location":"westeurope"}""");
        await server.PutAsync(
            LoggedServer.Group + "/providers/Microsoft.Storage/storageAccounts/fuzzaccount?api-version=2022-09-01",
            """{"location":"westeurope","sku":{"name":"Standard_LRS"},"kind":"StorageV2"}""");
        await server.SendAsync("GET", LoggedServer.Group + "?api-version=2022-09-01", null);
        Assert.Equal(201, (await server.SendAsync("PUT", "/fuzzaccount/box?restype=container", [], headers: ("x-ms-version", "2021-08-06"))).Status);

        var statuses = new List<int>();
        for (int number = 0; number < Cases; number++)
        {
            var random = new Random(number);
            (string method, string address) = s_targets[random.Next(s_targets.Length)];
            byte[]? body = method == "GET" ? null : Body(random);
            (int status, string answer) = await server.SendAsync(
                method, address, body, s_contentTypes[random.Next(4) > 0 ? 0 : random.Next(s_contentTypes.Length)], ("x-ms-version", "2021-08-06"), ("x-ms-blob-type", "BlockBlob"));
            Assert.True(status is >= 200 and < 500, $"request {number}: {method} {address}\n{Encoding.UTF8.GetString(body ?? [])}\n{status} {answer}");
            statuses.Add(status);
        }

        output.WriteLine(string.Join(", ", statuses.GroupBy(static status => status).Select(static group => $"{group.Key} x {group.Count()}")));
        JsonNode[] lines = server.Stop();
        Assert.Equal(server.Exchanges, lines.Length);
        Assert.Equal(statuses, lines[4..].Select(static line => (int)line["status"]!));
        Assert.Contains(statuses, static status => status < 300);
        Assert.Contains(statuses, static status => status == 400);
    }

    private static byte[] Body(Random random) =>
        random.Next(2) == 0 ? HostileValues.Body(random) : Encoding.UTF8.GetBytes(BodyMutator.Spoil(s_good, random).ToJsonString());
}
