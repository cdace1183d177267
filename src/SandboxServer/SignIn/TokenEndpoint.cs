using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>The token endpoints of Entra, versions 1 and 2, and of AD FS.</summary>
internal sealed class TokenEndpoint(ArmSandbox sandbox, TokenIssuer issuer, AccountList accounts)
{
    // Entra allows five seconds between polls; nobody has to walk to another device here.
    private const int DevicePollSeconds = 1;
    private const int DeviceCodeSeconds = 900;

    /// <summary>Trades a grant for a token.</summary>
    /// <exception cref="SignInException">The request lacks something, or asks for what is not served.</exception>
    public JsonObject Grant(SignInPath path, string authority, IFormCollection form)
    {
        string grant = Required(form, "grant_type");
        TokenCaller caller = Caller(form, grant);
        string audience = Audience(form);
        string token = issuer.Access(authority, caller, audience, TokenIssuer.AccessSeconds);

        // AD FS counts in numbers at the path at which Entra's version 1 writes texts.
        bool version1 = path.Tenant is not null && !path.Endpoint.Contains("v2.0", StringComparison.Ordinal);
        JsonObject answer = version1 ? Version1(audience, token, TokenIssuer.AccessSeconds) : Version2(form, token);
        if (caller.User is not null)
        {
            answer["refresh_token"] = new OpaqueGrant(caller.ClientId, caller.User).ToString();
            answer["id_token"] = issuer.Identity(authority, caller);
        }

        if (form["client_info"] == "1") answer["client_info"] = ClientInfo(caller);
        return answer;
    }

    /// <summary>Begins a sign-in on another device. The user is taken to have agreed by the first poll.</summary>
    public static JsonObject Device(string authority, IFormCollection form)
    {
        string client = Required(form, "client_id");
        string address = $"{authority}/devicelogin";
        const string code = "SANDBOX00";
        return new JsonObject
        {
            ["user_code"] = code,
            ["device_code"] = new OpaqueGrant(client, SandboxAccount.OwnerName).ToString(),
            ["verification_uri"] = address,
            ["verification_url"] = address,
            ["expires_in"] = DeviceCodeSeconds,
            ["interval"] = DevicePollSeconds,
            ["message"] = $"To sign in, use a web browser to open the page {address} and enter the code {code} to authenticate.",
        };
    }

    private TokenCaller Caller(IFormCollection form, string grant) => grant switch
    {
        "client_credentials" => Application(form),
        "password" => User(Required(form, "client_id"), Required(form, "username"), Required(form, "password")),
        "refresh_token" => Kept(Required(form, "refresh_token")),
        "device_code" => Kept(Text(form, "device_code") ?? Required(form, "code")),
        "urn:ietf:params:oauth:grant-type:device_code" => Kept(Required(form, "device_code")),
        _ => throw SignInException.NoGrant(grant),
    };

    private TokenCaller Application(IFormCollection form)
    {
        string client = Required(form, "client_id");
        string? secret = Text(form, "client_secret");
        if (secret is null && Text(form, "client_assertion") is null)
            throw new SignInException("invalid_client", 7000216, "'client_assertion' or 'client_secret' is required for the 'client_credentials' grant type.");
        return new TokenCaller(sandbox.TenantId, accounts.SignInApplication(client, secret).ObjectId, client, User: null);
    }

    private TokenCaller User(string client, string user, string password) =>
        new(sandbox.TenantId, accounts.SignInUser(user, password).ObjectId, client, user);

    private TokenCaller Kept(string text)
    {
        OpaqueGrant grant = OpaqueGrant.Parse(text);
        return new TokenCaller(sandbox.TenantId, accounts.Find(grant.User ?? grant.ClientId).ObjectId, grant.ClientId, grant.User);
    }

    private static JsonObject Version2(IFormCollection form, string token) => new()
    {
        ["token_type"] = "Bearer",
        ["scope"] = Text(form, "scope") ?? string.Empty,
        ["expires_in"] = TokenIssuer.AccessSeconds,
        ["ext_expires_in"] = TokenIssuer.AccessSeconds,
        ["access_token"] = token,
    };

    /// <summary>The answer of version 1, in which every number is a text; managed identities answer so too.</summary>
    public static JsonObject Version1(string audience, string token, int seconds)
    {
        // Clients compare this one with their own clock.
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        string lifetime = seconds.ToString(CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = lifetime,
            ["ext_expires_in"] = lifetime,
            ["expires_on"] = (now + seconds).ToString(CultureInfo.InvariantCulture),
            ["not_before"] = now.ToString(CultureInfo.InvariantCulture),
            ["resource"] = audience,
            ["access_token"] = token,
        };
    }

    private static string ClientInfo(TokenCaller caller) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        new JsonObject { ["uid"] = caller.ObjectId, ["utid"] = caller.TenantId }.ToJsonString()));

    // Version 1 names a resource, version 2 scopes of one: "https://management.azure.com//.default openid".
    private static string Audience(IFormCollection form)
    {
        if (Text(form, "resource") is { } resource) return resource;
        string scope = (Text(form, "scope") ?? string.Empty).Split(' ').FirstOrDefault(static word => word.Contains("://", StringComparison.Ordinal))
            ?? "https://management.azure.com/";
        int name = scope.LastIndexOf('/');
        return name > scope.IndexOf("://", StringComparison.Ordinal) + 2 ? scope[..name] : scope;
    }

    private static string Required(IFormCollection form, string name) => Text(form, name) ?? throw SignInException.Missing(name);

    private static string? Text(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } text ? text : null;
}
