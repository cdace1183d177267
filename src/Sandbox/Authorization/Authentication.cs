using System.Globalization;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Authorization;

/// <summary>Looks at the bearer token of a request before anything else does.</summary>
internal static class Authentication
{
    private const int MostAuxiliary = 3;

    /// <summary>Refuses a request without a token, or with one that has expired.</summary>
    public static void Check(SandboxRequest request, string tenantId, DateTimeOffset now)
    {
        if (!request.Headers.TryGetValue("Authorization", out string? header) || header.Trim().Length == 0)
        {
            throw Refuse(tenantId, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.",
                "The authentication failed because of missing 'Authorization' header.");
        }

        string[] parts = header.Trim().Split([' '], 2);
        bool bearer = string.Equals(parts[0], "Bearer", StringComparison.OrdinalIgnoreCase);
        if (!bearer || parts.Length < 2 || parts[1].Trim().Length == 0)
        {
            throw Refuse(
                tenantId,
                "AuthenticationFailedInvalidHeader",
                "Authentication failed. The 'Authorization' header is provided in an invalid format.",
                "The authentication failed because the 'Authorization' header has an invalid format.");
        }

        if (SandboxToken.ReadExpiry(parts[1].Trim()) is { } expiry && expiry <= now) throw Expired(tenantId, expiry, now);
        CheckAuxiliary(request, tenantId, now);
    }

    // "Authenticate requests across tenants": three at most, and none that has expired. How four are refused is not told.
    private static void CheckAuxiliary(SandboxRequest request, string tenantId, DateTimeOffset now)
    {
        string[] tokens = [.. Caller.Auxiliary(request)];
        if (tokens.Length > MostAuxiliary)
        {
            throw Refuse(
                tenantId,
                "AuthenticationFailedInvalidHeader",
                "Authentication failed. The 'x-ms-authorization-auxiliary' header is provided in an invalid format.",
                "The authentication failed because the 'x-ms-authorization-auxiliary' header has an invalid format.");
        }

        foreach (string token in tokens)
        {
            string bare = token.Substring(token.IndexOf(' ') + 1).Trim();
            if (SandboxToken.ReadExpiry(bare) is { } expiry && expiry <= now) throw Expired(Caller.Of(token).TenantId, expiry, now);
        }
    }

    /// <summary>The answer to a token that was good once.</summary>
    public static ArmException Expired(string tenantId, DateTimeOffset expiry, DateTimeOffset now) => Refuse(
        tenantId,
        "ExpiredAuthenticationToken",
        $"The access token expiry UTC time '{Time(expiry)}' is earlier than current UTC time '{Time(now)}'.",
        "The access token expiry UTC time is earlier than current UTC time.");

    private static ArmException Refuse(string tenantId, string code, string message, string description) =>
        new(401, new ArmError(code, message))
        {
            FromGateway = true,
            Headers =
            [
                new KeyValuePair<string, string>(
                    "WWW-Authenticate",
                    $"Bearer authorization_uri=\"https://login.windows.net/{tenantId}\", error=\"invalid_token\", " +
                    $"error_description=\"{description}\""),
            ],
        };

    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture);
}
