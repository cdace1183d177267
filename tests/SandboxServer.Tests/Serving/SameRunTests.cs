using System.Text;

namespace ImageCmdlets.SandboxServer.Tests.Serving;

/// <summary>Two servers with the same seed, start and virtual time answer the same requests bit for bit.</summary>
public sealed class SameRunTests
{
    private const string Group = "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/g";
    private const string Compute = Group + "/providers/Microsoft.Compute";

    private static readonly (string Method, string Path, string? Body)[] s_script =
    [
        ("PUT", Group + "?api-version=2022-09-01", """{"location":"westeurope"}"""),
        ("PUT", Compute + "/disks/d?api-version=2023-04-02", """{"location":"westeurope","properties":{"creationData":{"createOption":"Empty"},"diskSizeGB":4}}"""),
        ("GET", Compute + "/disks/d?api-version=2023-04-02", null),
        ("POST", Compute + "/disks/d/beginGetAccess?api-version=2023-04-02", """{"access":"Read","durationInSeconds":300}"""),
        ("PUT", Compute + "/snapshots/s?api-version=2023-04-02",
            """{"location":"westeurope","properties":{"incremental":true,"creationData":{"createOption":"Copy","sourceResourceId":"COMPUTE/disks/d"}}}""".Replace("COMPUTE", Compute, StringComparison.Ordinal)),
        ("PUT", Compute + "/galleries/x?api-version=2022-03-03", """{"location":"westeurope"}"""),
        ("PUT", Group + "/providers/Microsoft.Storage/storageAccounts/account1?api-version=2022-09-01",
            """{"location":"westeurope","sku":{"name":"Standard_LRS"},"kind":"StorageV2"}"""),
        ("POST", Group + "/providers/Microsoft.Storage/storageAccounts/account1/listKeys?api-version=2022-09-01", null),
        ("PUT", Group + "/providers/Microsoft.Network/virtualNetworks/n?api-version=2022-07-01",
            """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]}}}"""),
        ("GET", Group + "/providers/Microsoft.Network/virtualNetworks/n?api-version=2022-07-01", null),
        ("GET", Compute + "/disks/nobody?api-version=2023-04-02", null),
        ("PUT", Compute + "/disks/d?api-version=2023-04-02", """{"location":7}"""),
        ("DELETE", Compute + "/snapshots/s?api-version=2023-04-02", null),
        ("GET", Group + "/resources?api-version=2021-04-01&$top=2", null),
    ];

    [Fact]
    public async Task The_same_seed_answers_the_same_and_another_does_not()
    {
        string[] first = await RunAsync(7), second = await RunAsync(7), other = await RunAsync(8);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    private static async Task<string[]> RunAsync(int seed)
    {
        using var server = new ServerProcess("--seed", $"{seed}", "--start", "2026-01-05T08:00:00Z", "--speed", "virtual");
        using HttpClient client = server.CreateClient();
        var answers = new List<string>();
        foreach ((string method, string path, string? body) in s_script)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            // The port is the machine's choice.
            answers.Add($"{(int)answer.StatusCode} {answer.Headers}{answer.Content.Headers}{text}".Replace(server.Address, "https://server", StringComparison.Ordinal));
        }

        return [.. answers];
    }
}
