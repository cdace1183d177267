using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>
/// Everything that a client asks before it talks to ARM: where to sign in, tokens, and what belongs to the cloud. Nothing
/// here is written for one client; the paths are those of Entra, AD FS, the instance metadata service and ARM's own.
/// </summary>
internal sealed class SignInEndpoints(ArmSandbox sandbox, TokenIssuer issuer, AccountList accounts)
{
    private readonly TokenEndpoint _tokens = new(sandbox, issuer, accounts);
    private readonly ManagedIdentityEndpoint _identities = new(sandbox, issuer, accounts);

    /// <summary>Answers a request that is for the sign-in service; null when it is not.</summary>
    public Task? TryAnswer(HttpContext context)
    {
        string path = context.Request.Path.Value ?? string.Empty;
        if (ManagedIdentityEndpoint.Owns(path)) return _identities.AnswerAsync(context);
        if (path.Trim('/').Equals("metadata/endpoints", StringComparison.OrdinalIgnoreCase))
            return Answers.WriteAsync(context, 200, SignInDocuments.Endpoints(Root(context), context.Request.Query["api-version"].ToString()));
        return SignInPath.TryParse(path) is { } signIn ? AnswerAsync(context, signIn) : null;
    }

    private async Task AnswerAsync(HttpContext context, SignInPath path)
    {
        try
        {
            await Answers.WriteAsync(context, 200, await AskAsync(context, path));
        }
        catch (SignInException refusal)
        {
            await Answers.WriteAsync(context, 400, Refusal(context, refusal));
        }
    }

    private async Task<JsonNode> AskAsync(HttpContext context, SignInPath path)
    {
        string root = Root(context), authority = root + path.Authority;
        CheckTenant(path.Tenant);
        switch (path.Endpoint)
        {
            case "oauth2/token" or "oauth2/v2.0/token":
                return _tokens.Grant(path, authority, await FormAsync(context));
            case "oauth2/devicecode" or "oauth2/v2.0/devicecode":
                return TokenEndpoint.Device(authority, await FormAsync(context));
            case ".well-known/openid-configuration":
                return SignInDocuments.OpenId(authority, sandbox.TenantId, version2: false);
            case "v2.0/.well-known/openid-configuration":
                return SignInDocuments.OpenId(authority, sandbox.TenantId, version2: true);
            case "discovery/keys" or "discovery/v2.0/keys":
                return new JsonObject { ["keys"] = new JsonArray(issuer.PublicKey()) };
            case "discovery/instance":
                return SignInDocuments.Instance(root, context.Request.Host.Value!, sandbox.TenantId);
            case { } realm when realm.StartsWith("userrealm/", StringComparison.Ordinal):
                return SignInDocuments.UserRealm(realm["userrealm/".Length..]);
            default:
                throw new SignInException("invalid_request", 900971, $"No endpoint '{path.Endpoint}' is provided.");
        }
    }

    private void CheckTenant(string? tenant)
    {
        if (tenant is null or "common" or "organizations") return;
        if (!tenant.Equals(sandbox.TenantId, StringComparison.OrdinalIgnoreCase)) throw SignInException.NoTenant(tenant);
    }

    private JsonObject Refusal(HttpContext context, SignInException refusal)
    {
        string time = sandbox.Clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        string trace = context.TraceIdentifier;
        return new JsonObject
        {
            ["error"] = refusal.Error,
            ["error_description"] = $"{refusal.Message} Trace ID: {trace} Correlation ID: {trace} Timestamp: {time}",
            ["error_codes"] = new JsonArray(refusal.Number),
            ["timestamp"] = time,
            ["trace_id"] = trace,
            ["correlation_id"] = trace,
            ["error_uri"] = $"{Root(context)}/error?code={refusal.Number}",
        };
    }

    private static async Task<IFormCollection> FormAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType) throw SignInException.Missing("grant_type");
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
        {
            // Too many fields, or parts without an end.
            throw SignInException.Missing("grant_type");
        }
    }

    private static string Root(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
