using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.Tests.SignIn;

/// <summary>Where clients sign in before they talk to ARM.</summary>
public sealed class SignInTests(SignInServer server) : IClassFixture<SignInServer>
{
    private const string Tenant = "20000000-0000-4000-8000-000000000001";

    private readonly HttpClient _client = server.Client;

    public static TheoryData<string, string> Authorities => new()
    {
        { "/adfs/.well-known/openid-configuration", "/adfs/oauth2/token" },
        { "/adfs/adfs/.well-known/openid-configuration", "/adfs/adfs/oauth2/token" },
        { $"/{Tenant}/.well-known/openid-configuration", $"/{Tenant}/oauth2/token" },
        { $"/{Tenant}/v2.0/.well-known/openid-configuration", $"/{Tenant}/oauth2/v2.0/token" },
        { "/common/v2.0/.well-known/openid-configuration", "/common/oauth2/v2.0/token" },
        { $"/adfs/{Tenant}/v2.0/.well-known/openid-configuration", $"/adfs/{Tenant}/oauth2/v2.0/token" },
    };

    [Theory]
    [MemberData(nameof(Authorities))]
    public async Task The_document_of_an_authority_names_its_token_endpoint(string document, string endpoint)
    {
        JsonNode found = await GetAsync(document);
        Assert.Equal($"{server.Address}{endpoint}", (string?)found["token_endpoint"]);
        Assert.StartsWith(server.Address, (string?)found["issuer"], StringComparison.Ordinal);

        JsonNode answer = await TokenAsync(endpoint, ("grant_type", "client_credentials"), ("client_id", "app"), ("client_secret", "x"), ("scope", $"{server.Address}/.default"));
        Assert.Equal("Bearer", (string?)answer["token_type"]);
        Assert.Equal("3600", answer["expires_in"]!.ToString());
        Assert.Equal(3, ((string)answer["access_token"]!).Split('.').Length);
    }

    [Fact]
    public async Task A_token_tells_who_for_whom_and_until_when_and_is_signed()
    {
        JsonNode answer = await TokenAsync($"/{Tenant}/oauth2/v2.0/token", ("grant_type", "client_credentials"), ("client_id", "app"), ("client_secret", "x"), ("scope", "https://management.azure.com//.default"));
        string[] parts = ((string)answer["access_token"]!).Split('.');
        JsonNode claims = Decode(parts[1]);
        Assert.Equal("https://management.azure.com/", (string?)claims["aud"]);
        Assert.Equal((Tenant, "30000000-0000-4000-8000-000000000001", "app"), ((string?)claims["tid"], (string?)claims["oid"], (string?)claims["appid"]));
        Assert.Equal(3600, (long)claims["exp"]! - (long)claims["iat"]!);

        JsonNode key = Assert.Single((JsonArray)(await GetAsync($"/{Tenant}/discovery/v2.0/keys"))["keys"]!)!;
        using var rsa = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars((string)key["n"]!), Exponent = Base64Url.DecodeFromChars((string)key["e"]!) });
        byte[] text = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        Assert.True(rsa.VerifyData(text, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task Version_1_writes_its_numbers_as_texts_and_AD_FS_as_numbers()
    {
        (string, string)[] form = [("grant_type", "client_credentials"), ("client_id", "app"), ("client_secret", "x"), ("resource", "https://r/")];
        JsonNode version1 = await TokenAsync($"/{Tenant}/oauth2/token", form);
        Assert.Equal("3600", (string?)version1["expires_in"]);
        Assert.Equal("https://r/", (string?)version1["resource"]);
        Assert.Equal(3600, (int)(await TokenAsync("/adfs/oauth2/token", form))["expires_in"]!);
    }

    [Fact]
    public async Task A_user_gets_a_refresh_token_and_an_identity()
    {
        JsonNode first = await TokenAsync("/organizations/oauth2/v2.0/token", ("grant_type", "password"), ("client_id", "app"), ("username", "kim@sandbox.example"), ("password", "x"), ("scope", "https://r//.default openid"), ("client_info", "1"));
        Assert.Equal("kim@sandbox.example", (string?)Decode(((string)first["id_token"]!).Split('.')[1])["preferred_username"]);
        Assert.Equal(Tenant, (string?)Decode((string)first["client_info"]!)["utid"]);

        JsonNode second = await TokenAsync("/organizations/oauth2/v2.0/token", ("grant_type", "refresh_token"), ("client_id", "app"), ("refresh_token", (string)first["refresh_token"]!));
        Assert.Equal("kim@sandbox.example", (string?)Decode(((string)second["access_token"]!).Split('.')[1])["upn"]);
    }

    [Fact]
    public async Task A_device_code_is_good_at_once()
    {
        JsonNode device = await TokenAsync("/common/oauth2/v2.0/devicecode", ("client_id", "app"), ("scope", "https://r//.default"));
        Assert.Contains((string)device["user_code"]!, (string)device["message"]!, StringComparison.Ordinal);
        JsonNode token = await TokenAsync("/common/oauth2/v2.0/token", ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", "app"), ("device_code", (string)device["device_code"]!));
        Assert.Equal("admin@sandbox.example", (string?)Decode(((string)token["access_token"]!).Split('.')[1])["upn"]);
    }

    [Theory]
    [InlineData("/adfs/oauth2/token", "", "AADSTS900144: The request body must contain the following parameter: 'grant_type'.")]
    [InlineData("/adfs/oauth2/token", "grant_type=client_credentials", "AADSTS900144: The request body must contain the following parameter: 'client_id'.")]
    [InlineData("/adfs/oauth2/token", "grant_type=magic", "AADSTS70003: The app requested an unsupported grant type 'magic'.")]
    [InlineData("/adfs/oauth2/token", "grant_type=refresh_token&refresh_token=x", "AADSTS9002313: Invalid request. Request is malformed or invalid.")]
    [InlineData("/99999999-0000-4000-8000-000000000001/oauth2/token", "grant_type=magic", "AADSTS90002: Tenant '99999999-0000-4000-8000-000000000001' not found.")]
    public async Task What_is_wrong_is_refused_in_Entras_words(string path, string form, string message)
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await _client.PostAsync(path, content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        JsonNode answer = (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        Assert.StartsWith(message, (string?)answer["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_managed_identity_needs_the_header_and_gets_a_day()
    {
        const string path = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F";
        using HttpResponseMessage refused = await _client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Metadata", "true" } } };
        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        JsonNode answer = (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        Assert.Equal("86400", (string?)answer["expires_in"]);
        JsonNode claims = Decode(((string)answer["access_token"]!).Split('.')[1]);
        Assert.Equal(("https://management.azure.com/", Tenant), ((string?)claims["aud"], (string?)claims["tid"]));
        Assert.Equal("https://r/", (string?)(await GetAsync("/msi/token?api-version=2017-09-01&resource=https://r/"))["resource"]);
    }

    [Fact]
    public async Task The_cloud_is_described_in_three_versions()
    {
        Assert.Equal($"{server.Address}/adfs", (string?)(await GetAsync("/metadata/endpoints?api-version=2015-01-01"))["authentication"]!["loginEndpoint"]);
        Assert.Equal($"{server.Address}/", (string?)Assert.Single((JsonArray)await GetAsync("/metadata/endpoints?api-version=2019-05-01"))!["resourceManager"]);
        Assert.Equal($"{server.Address}/", (string?)(await GetAsync("//metadata/endpoints?api-version=2022-09-01"))["resourceManager"]);
        Assert.Equal("Managed", (string?)(await GetAsync("/common/userrealm/kim@sandbox.example?api-version=1.0"))["account_type"]);
        JsonNode instance = await GetAsync("/common/discovery/instance?api-version=1.1&authorization_endpoint=x");
        Assert.Equal(new Uri(server.Address).Authority, (string?)instance["metadata"]![0]!["preferred_network"]);
    }

    private async Task<JsonNode> GetAsync(string path) =>
        (await _client.GetFromJsonAsync<JsonNode>(server.Address + path, TestContext.Current.CancellationToken))!;

    private async Task<JsonNode> TokenAsync(string path, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(static f => KeyValuePair.Create(f.Name, f.Value)));
        using HttpResponseMessage response = await _client.PostAsync(path, content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
    }

    private static JsonNode Decode(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!;
}
