using System.Text.Json.Nodes;

namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>Documents in which clients look up where to sign in and what belongs to a cloud.</summary>
internal static class SignInDocuments
{
    // Data planes of the sandbox have names that nobody resolves; clients that need them are pointed at the server.
    private const string Suffix = "sandbox.test";

    /// <summary>Where the endpoints of an authority are.</summary>
    public static JsonObject OpenId(string authority, string tenant, bool version2)
    {
        string oauth = $"{authority}/oauth2{(version2 ? "/v2.0" : string.Empty)}";
        return new JsonObject
        {
            ["token_endpoint"] = $"{oauth}/token",
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post", "private_key_jwt", "client_secret_basic"),
            ["jwks_uri"] = $"{authority}/discovery/{(version2 ? "v2.0/" : string.Empty)}keys",
            ["response_modes_supported"] = new JsonArray("query", "fragment", "form_post"),
            ["subject_types_supported"] = new JsonArray("pairwise"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["response_types_supported"] = new JsonArray("code", "id_token", "code id_token", "token id_token", "token"),
            ["scopes_supported"] = new JsonArray("openid", "profile", "email", "offline_access"),
            ["issuer"] = version2 ? $"{authority}/v2.0" : authority,
            ["authorization_endpoint"] = $"{oauth}/authorize",
            ["device_authorization_endpoint"] = $"{oauth}/devicecode",
            ["end_session_endpoint"] = $"{oauth}/logout",
            ["claims_supported"] = new JsonArray("sub", "iss", "aud", "exp", "iat", "oid", "tid", "ver"),
            ["tenant_region_scope"] = "EU",
            ["tenant"] = tenant,
        };
    }

    /// <summary>The answer to the question whether an authority is to be trusted.</summary>
    public static JsonObject Instance(string root, string host, string tenant) => new()
    {
        ["tenant_discovery_endpoint"] = $"{root}/{tenant}/v2.0/.well-known/openid-configuration",
        ["api-version"] = "1.1",
        ["metadata"] = new JsonArray(new JsonObject
        {
            ["preferred_network"] = host,
            ["preferred_cache"] = host,
            ["aliases"] = new JsonArray(host),
        }),
    };

    /// <summary>The answer to the question how a user signs in: with a password, here.</summary>
    public static JsonObject UserRealm(string user) => new()
    {
        ["ver"] = "1.0",
        ["account_type"] = "Managed",
        ["domain_name"] = user[(user.IndexOf('@', StringComparison.Ordinal) + 1)..],
        ["cloud_instance_name"] = "sandbox",
        ["cloud_audience_urn"] = "urn:federation:MicrosoftOnline",
    };

    /// <summary>The cloud, in the form of the api-version asked for: one object, an old object, or an array.</summary>
    public static JsonNode Endpoints(string root, string version)
    {
        if (string.CompareOrdinal(version, "2018") < 0)
        {
            return new JsonObject
            {
                ["galleryEndpoint"] = $"{root}/",
                ["graphEndpoint"] = $"{root}/graph/",
                ["portalEndpoint"] = $"{root}/portal/",
                ["authentication"] = new JsonObject { ["loginEndpoint"] = $"{root}/adfs", ["audiences"] = new JsonArray($"{root}/") },
            };
        }

        JsonObject cloud = Cloud(root);
        return string.CompareOrdinal(version, "2022") < 0 ? new JsonArray(cloud) : cloud;
    }

    // An authority that ends in /adfs is the only one that MSAL asks nobody else about.
    private static JsonObject Cloud(string root) => new()
    {
        ["name"] = "Sandbox",
        ["portal"] = $"{root}/portal/",
        ["authentication"] = new JsonObject
        {
            ["loginEndpoint"] = $"{root}/adfs",
            ["audiences"] = new JsonArray($"{root}/"),
            ["tenant"] = "adfs",
            ["identityProvider"] = "ADFS",
        },
        ["media"] = $"{root}/",
        ["graphAudience"] = $"{root}/graph/",
        ["graph"] = $"{root}/graph/",
        ["microsoftGraphResourceId"] = $"{root}/graph/",
        ["resourceManager"] = $"{root}/",
        ["gallery"] = $"{root}/",
        ["activeDirectoryDataLake"] = $"{root}/",
        ["sqlManagement"] = $"{root}/",
        ["batch"] = $"{root}/",
        ["vmImageAliasDoc"] = string.Empty,
        ["suffixes"] = new JsonObject
        {
            ["storage"] = $"core.{Suffix}",
            ["keyVaultDns"] = $"vault.{Suffix}",
            ["sqlServerHostname"] = $"database.{Suffix}",
            ["acrLoginServer"] = $"azurecr.{Suffix}",
        },
    };
}
