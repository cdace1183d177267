using System.Text;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Sessions;

/// <summary>What a token says of whom it was issued to. Nothing is decided by it: Azure alone knows whether it is good.</summary>
internal static class TokenClaims
{
    /// <summary>The object id of the user or application; null where the token says none.</summary>
    public static string? ObjectIdOf(string token)
    {
        if (token.Split('.') is not { Length: 3 } parts)
            return null;

        try
        {
            string text = parts[1].Replace('-', '+').Replace('_', '/');
            using JsonDocument claims = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(text + new string('=', (4 - (text.Length % 4)) % 4))));
            return claims.RootElement.Text("oid");
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return null;
        }
    }
}
