using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>Tokens of managed identities, as machines (<c>/metadata/identity</c>) and App Service (<c>/msi</c>) hand them out.</summary>
internal sealed class ManagedIdentityEndpoint(ArmSandbox sandbox, TokenIssuer issuer, AccountList accounts)
{
    private const string Machine = "/metadata/identity/oauth2/token";
    private const string AppService = "/msi/token";

    private const string ClientId = "40000000-0000-4000-8000-000000000001";

    /// <summary>Whether the path is one of these endpoints.</summary>
    public static bool Owns(string path) =>
        path.Equals(Machine, StringComparison.OrdinalIgnoreCase) || path.Equals(AppService, StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers a request for a token.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        // The header proves that no forged link made somebody else's browser ask.
        bool machine = context.Request.Path.Equals(Machine, StringComparison.OrdinalIgnoreCase);
        if (machine && context.Request.Headers["Metadata"] != "true")
        {
            await Answers.WriteAsync(context, 400, Refuse("Required metadata header not specified"));
            return;
        }

        string resource = context.Request.Query["resource"].ToString();
        if (resource.Length == 0 && context.Request.HasFormContentType)
            resource = (await context.Request.ReadFormAsync(context.RequestAborted))["resource"].ToString();
        await (resource.Length == 0
            ? Answers.WriteAsync(context, 400, Refuse("Required query variable 'resource' is missing"))
            : Answers.WriteAsync(context, 200, Token(context, resource)));
    }

    private JsonObject Token(HttpContext context, string resource)
    {
        string client = context.Request.Query["client_id"].ToString() is { Length: > 0 } asked ? asked : ClientId;
        var caller = new TokenCaller(sandbox.TenantId, accounts.Find(client).ObjectId, client, User: null);
        string authority = $"{context.Request.Scheme}://{context.Request.Host}/{sandbox.TenantId}";
        string token = issuer.Access(authority, caller, resource, TokenIssuer.IdentitySeconds);
        JsonObject answer = TokenEndpoint.Version1(resource, token, TokenIssuer.IdentitySeconds);
        answer["client_id"] = client;
        return answer;
    }

    private static JsonObject Refuse(string text) => new() { ["error"] = "invalid_request", ["error_description"] = text };
}
