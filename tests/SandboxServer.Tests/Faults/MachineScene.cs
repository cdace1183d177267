using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.Faults;

/// <summary>Requests for a machine and what it needs, on a server on which time jumps.</summary>
internal static class MachineScene
{
    public const string Group = "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/scene";

    private const string Networks = Group + "/providers/Microsoft.Network/";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static string Machine(string name) => $"{Group}/providers/Microsoft.Compute/virtualMachines/{name}";

    public static async Task CreateAsync(HttpClient client, string name)
    {
        await PutAsync(client, $"{Group}?api-version=2022-09-01", """{"location":"westeurope"}""");
        await PutAsync(
            client, $"{Networks}virtualNetworks/net?api-version=2022-07-01",
            """{"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},"subnets":[{"name":"sub","properties":{"addressPrefix":"10.0.0.0/24"}}]}}""");
        await PutAsync(
            client, $"{Networks}networkInterfaces/{name}?api-version=2022-07-01",
            $$$$"""{"location":"westeurope","properties":{"ipConfigurations":[{"name":"one","properties":{"subnet":{"id":"{{{{Networks}}}}virtualNetworks/net/subnets/sub"}}}]}}""");
        await PutAsync(
            client, $"{Machine(name)}?api-version=2023-07-01",
            $$$$"""
            {"location":"westeurope","properties":{"hardwareProfile":{"vmSize":"Standard_D2s_v5"},"storageProfile":{"imageReference":{"publisher":"Canonical",
            "offer":"ubuntu-24_04-lts","sku":"server","version":"latest"}},"osProfile":{"computerName":"vm","adminUsername":"azureuser","adminPassword":"Pa55word-of-a-test"},
            "networkProfile":{"networkInterfaces":[{"id":"{{{{Networks}}}}networkInterfaces/{{{{name}}}}"}]}}}
            """);
    }

    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string address, string? body = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null) request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        return await client.SendAsync(request, Cancelled);
    }

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancelled))!;

    private static async Task PutAsync(HttpClient client, string address, string body)
    {
        using HttpResponseMessage answer = await SendAsync(client, HttpMethod.Put, address, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }
}
