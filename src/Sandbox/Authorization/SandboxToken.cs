using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Authorization;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox;

/// <summary>
/// Bearer tokens of the sandbox. Any is accepted; one made here, or a JWT, tells its expiry, and is refused after it.
/// </summary>
public static class SandboxToken
{
    private const string Prefix = "sandbox-token.";

    /// <summary>Makes a token that expires at a point of the sandbox's virtual time (whole seconds).</summary>
    public static string Create(DateTimeOffset expiresOn) =>
        Prefix + expiresOn.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Makes a token of somebody else than the owner: a JWT without a signature, as nobody looks at it.</summary>
    /// <param name="expiresOn">When it expires, in the sandbox's virtual time (whole seconds).</param>
    /// <param name="objectId">Id of the caller, to which roles are assigned.</param>
    /// <param name="tenantId">Directory; null: that of the sandbox.</param>
    /// <param name="name">Sign-in name for error texts; null: the id.</param>
    public static string Create(DateTimeOffset expiresOn, string objectId, string? tenantId = null, string? name = null)
    {
        var claims = new JsonObject
        {
            ["exp"] = expiresOn.ToUnixTimeSeconds(),
            ["oid"] = objectId,
            ["tid"] = tenantId ?? ArmSandbox.Tenant,
            ["upn"] = name ?? objectId,
        };
        return $"{Encode("{\"alg\":\"none\"}")}.{Encode(claims.ToJsonString())}.sandbox";
    }

    /// <summary>Makes a token of the owner of all subscriptions of a directory. It never expires.</summary>
    /// <param name="tenantId">One of the sandbox's two directories.</param>
    /// <exception cref="ArgumentException">The sandbox does not have that directory.</exception>
    public static string OfOwner(string tenantId)
    {
        bool Is(string known) => string.Equals(known, tenantId, StringComparison.OrdinalIgnoreCase);
        return Is(ArmSandbox.Tenant) ? Create(DateTimeOffset.MaxValue, Principal.ObjectId, ArmSandbox.Tenant, Principal.Client)
            : Is(ArmSandbox.PartnerTenant) ? Create(DateTimeOffset.MaxValue, Principal.PartnerObjectId, ArmSandbox.PartnerTenant, Principal.PartnerClient)
            : throw new ArgumentException($"The sandbox has no directory '{tenantId}'; it has '{ArmSandbox.Tenant}' and '{ArmSandbox.PartnerTenant}'.", nameof(tenantId));
    }

    internal static DateTimeOffset? ReadExpiry(string token)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal)) return ReadTime(ReadClaims(token)?.Number("exp"));
        return long.TryParse(token.Substring(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            ? ReadTime(seconds)
            : null;
    }

    /// <summary>The claims of a JWT, whose signature nobody looks at; null when the token is none.</summary>
    internal static JsonObject? ReadClaims(string token)
    {
        if (token.Split('.') is not { Length: 3 } parts) return null;
        try
        {
            string text = parts[1].Replace('-', '+').Replace('_', '/');
            byte[] json = Convert.FromBase64String(text + new string('=', (4 - (text.Length % 4)) % 4));
            return JsonText.Parse(Encoding.UTF8.GetString(json)) as JsonObject;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string Encode(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    // A time beyond the calendar never comes.
    private static DateTimeOffset? ReadTime(long? seconds) =>
        seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;
}
