using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.SignIn;

/// <summary>Tokens expire by the sandbox's clock, however fast it runs.</summary>
public sealed class TokenLifetimeTests
{
    [Fact]
    public async Task A_token_is_good_for_an_hour_of_the_client_and_then_refused()
    {
        // A second of this machine is a million of the sandbox.
        using var server = new ServerProcess("--speed", "1000000");
        using HttpClient client = server.CreateClient();
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "a"), new("client_secret", "b")]);
        using HttpResponseMessage answer = await client.PostAsync("/adfs/oauth2/token", form, cancelled);
        string token = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancelled))!["access_token"]!;

        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using HttpResponseMessage good = await client.GetAsync("/subscriptions?api-version=2022-12-01", cancelled);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);

        client.DefaultRequestHeaders.Authorization = new("Bearer", "e30.eyJleHAiOjE1MDAwMDAwMDB9.e30");
        using HttpResponseMessage expired = await client.GetAsync("/subscriptions?api-version=2022-12-01", cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
        Assert.Equal("ExpiredAuthenticationToken", (string?)(await expired.Content.ReadFromJsonAsync<JsonNode>(cancelled))!["error"]!["code"]);
    }
}
