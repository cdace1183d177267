using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ImageCmdlets.SandboxServer.Tests.Serving;

/// <summary>Bodies beyond the limits are refused in the words of the service that was asked, also where they were not read.</summary>
public sealed class LargeBodyTests
{
    private const string Group = "/subscriptions/10000000-0000-4000-8000-000000000001/resourceGroups/large";
    private const int MiB = 1024 * 1024;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(5 * MiB)]
    [InlineData(9 * MiB)]
    public async Task ARM_takes_4_MiB(int size)
    {
        using var server = new ServerProcess();
        using HttpClient client = server.CreateClient();
        using HttpResponseMessage answer = await PutAsync(client, $"{Group}?api-version=2022-09-01", size);
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Equal(["gateway"], answer.Headers.GetValues("x-ms-failure-cause"));
        JsonNode error = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancelled))!["error"]!;
        Assert.Equal("RequestContentTooLarge", (string?)error["code"]);
        Assert.Equal("The request content size exceeds the maximum size of 4 MB.", (string?)error["message"]);
    }

    [Fact]
    public async Task A_blob_takes_8_MiB_at_a_time()
    {
        using var server = new ServerProcess("--speed", "max");
        using HttpClient client = server.CreateClient();
        const string account = $"{Group}/providers/Microsoft.Storage/storageAccounts/largeaccount?api-version=2022-09-01";
        foreach ((string address, string body) in ((string, string)[])[
            ($"{Group}?api-version=2022-09-01", """{"location":"westeurope"}"""),
            (account, """{"location":"westeurope","sku":{"name":"Standard_LRS"},"kind":"StorageV2"}""")])
        {
            using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
            (await client.PutAsync(address, content, Cancelled)).Dispose();
        }

        using HttpResponseMessage answer = await PutAsync(client, "/largeaccount/box/x", 9 * MiB);
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Equal(["RequestBodyTooLarge"], answer.Headers.GetValues("x-ms-error-code"));
        XElement error = XDocument.Parse((await answer.Content.ReadAsStringAsync(Cancelled)).TrimStart('\uFEFF')).Root!;
        Assert.Equal(("RequestBodyTooLarge", "8388608"), (error.Element("Code")?.Value, error.Element("MaxLimit")?.Value));
    }

    // The client waits for a sign before it sends so much: else the server might hang up while it is still sending.
    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, string address, int size)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ByteArrayContent(new byte[size]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.ExpectContinue = true;
        request.Headers.Add("x-ms-version", "2021-08-06");
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        return await client.SendAsync(request, Cancelled);
    }
}
