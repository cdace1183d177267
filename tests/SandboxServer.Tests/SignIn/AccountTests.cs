using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.SignIn;

/// <summary>Accounts of a file: they sign in with their own secrets, and may do what roles let them.</summary>
public sealed class AccountTests : IDisposable
{
    private const string Reader = "50000000-0000-4000-8000-000000000001";
    private const string Subscription = "/subscriptions/10000000-0000-4000-8000-000000000001";
    private const string Group = Subscription + "/resourceGroups/rg?api-version=2022-09-01";
    private const string RoleOfReaders = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    private const string Accounts =
        """
        [
          { "name": "reader", "secret": "right", "objectId": "50000000-0000-4000-8000-000000000001" }, // may nothing at first
          { "name": "kim@sandbox.example", "objectId": "50000000-0000-4000-8000-000000000002" },
        ]
        """;

    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task An_account_may_what_its_roles_allow_and_everybody_else_is_the_owner()
    {
        await File.WriteAllTextAsync(_file, Accounts, Cancelled);
        using var server = new ServerProcess("--accounts", _file, "--speed", "max");
        using HttpClient client = server.CreateClient();
        string owner = await TokenAsync(client, "anybody", "x"), reader = await TokenAsync(client, "reader", "right");
        Assert.Equal(Reader, (string?)JsonNode.Parse(Base64Url.DecodeFromChars(reader.Split('.')[1]))!["oid"]);
        Assert.Equal(201, await SendAsync(client, HttpMethod.Put, Group, owner));
        Assert.Equal(403, await SendAsync(client, HttpMethod.Get, Group, reader));

        string assignment = $"{Subscription}/providers/Microsoft.Authorization/roleAssignments/60000000-0000-4000-8000-000000000001?api-version=2022-04-01";
        string role = $"{Subscription}/providers/Microsoft.Authorization/roleDefinitions/{RoleOfReaders}";
        var body = new { properties = new { roleDefinitionId = role, principalId = Reader, principalType = "ServicePrincipal" } };
        Assert.Equal(201, await SendAsync(client, HttpMethod.Put, assignment, owner, body));
        Assert.Equal(200, await SendAsync(client, HttpMethod.Get, Group, reader));
        Assert.Equal(403, await SendAsync(client, HttpMethod.Put, Group, reader));
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_in_Entras_words()
    {
        await File.WriteAllTextAsync(_file, Accounts, Cancelled);
        using var server = new ServerProcess("--accounts", _file);
        using HttpClient client = server.CreateClient();
        using HttpResponseMessage answer = await AskAsync(client, "reader", "wrong");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        JsonNode refusal = (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!;
        Assert.Equal("invalid_client", (string?)refusal["error"]);
        Assert.StartsWith("AADSTS7000215: Invalid client secret provided.", (string?)refusal["error_description"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""[{"name":"a","secret":"hush","objectId":"1"}]""")]
    [InlineData("""[{"name":"a","secret":"hush","objectId":"50000000-0000-4000-8000-000000000001","role":"x"}]""")]
    [InlineData("[null]")]
    public async Task A_file_of_another_form_ends_the_start_without_a_secret_in_the_text(string text)
    {
        await File.WriteAllTextAsync(_file, text, Cancelled);
        using System.Diagnostics.Process process = ServerProcess.Start("--accounts", _file);
        string error = await process.StandardError.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("is no list of accounts", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error, StringComparison.Ordinal);
    }

    private static async Task<string> TokenAsync(HttpClient client, string name, string secret)
    {
        using HttpResponseMessage answer = await AskAsync(client, name, secret);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["access_token"]!;
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string name, string secret)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"), new("client_id", name), new("client_secret", secret), new("resource", "https://management.azure.com/"),
        ]);
        return await client.PostAsync("/adfs/oauth2/token", form, Cancelled);
    }

    private static async Task<int> SendAsync(HttpClient client, HttpMethod method, string address, string token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (method == HttpMethod.Put) request.Content = JsonContent.Create(body ?? new { location = "westeurope" });
        using HttpResponseMessage answer = await client.SendAsync(request, Cancelled);
        return (int)answer.StatusCode;
    }
}
