using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox;
using ImageCmdlets.SandboxServer.CommandLine;

namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>
/// Makes tokens in the form of Microsoft Entra: signed JWTs whose times are those of the sandbox's clock, which is the one
/// that refuses them later.
/// </summary>
internal sealed class TokenIssuer(ArmSandbox sandbox, ServerSpeed speed, X509Certificate2 certificate)
{
    // With a clock that jumps, no number of simulated seconds is the client's hour; a year is more than a session jumps.
    private static readonly TimeSpan s_lifetimeOfJumpingClock = TimeSpan.FromDays(365);

    private readonly RSA _key = certificate.GetRSAPrivateKey() ?? throw new CryptographicException("The server's key is no RSA key.");
    private readonly Lock _signing = new();

    /// <summary>Seconds of the machine for which clients may keep an access token: an hour, as Entra's least.</summary>
    public static int AccessSeconds => 3600;

    /// <summary>Seconds of the machine for which a managed identity's token is good: a day.</summary>
    public static int IdentitySeconds => 86_400;

    /// <summary>A token for an audience.</summary>
    /// <param name="issuer">Address of the authority that was asked.</param>
    /// <param name="caller">Who signed in.</param>
    /// <param name="audience">What the token is for.</param>
    /// <param name="seconds">Seconds of the machine for which it is good.</param>
    public string Access(string issuer, TokenCaller caller, string audience, int seconds)
    {
        JsonObject claims = Claims(issuer, caller, audience, seconds);
        claims["appid"] = caller.ClientId;
        claims["appidacr"] = caller.User is null ? "1" : "0";
        claims["idtyp"] = caller.User is null ? "app" : "user";
        if (caller.User is { } user)
        {
            claims["upn"] = user;
            claims["unique_name"] = user;
            claims["scp"] = "user_impersonation";
        }

        claims["ver"] = "1.0";
        return Sign(claims);
    }

    /// <summary>A token that tells the client who the user is.</summary>
    public string Identity(string issuer, TokenCaller caller)
    {
        JsonObject claims = Claims(issuer, caller, caller.ClientId, AccessSeconds);
        claims["preferred_username"] = caller.User;
        claims["upn"] = caller.User;
        claims["name"] = caller.User;
        claims["ver"] = "2.0";
        return Sign(claims);
    }

    /// <summary>The public key, as JSON Web Key.</summary>
    public JsonObject PublicKey()
    {
        RSAParameters key = _key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = certificate.Thumbprint,
            ["x5t"] = certificate.Thumbprint,
            ["n"] = Base64Url.EncodeToString(key.Modulus),
            ["e"] = Base64Url.EncodeToString(key.Exponent),
        };
    }

    private JsonObject Claims(string issuer, TokenCaller caller, string audience, int seconds)
    {
        DateTimeOffset now = sandbox.Clock.GetUtcNow();
        TimeSpan lifetime = speed.Jumps ? s_lifetimeOfJumpingClock : TimeSpan.FromSeconds(seconds * speed.Factor);
        return new JsonObject
        {
            ["aud"] = audience,
            ["iss"] = issuer,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
            ["oid"] = caller.ObjectId,
            ["sub"] = caller.ObjectId,
            ["tid"] = caller.TenantId,
        };
    }

    private string Sign(JsonObject claims)
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = certificate.Thumbprint };
        string text = $"{Encode(header)}.{Encode(claims)}";
        lock (_signing)
        {
            byte[] signature = _key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{text}.{Base64Url.EncodeToString(signature)}";
        }
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
