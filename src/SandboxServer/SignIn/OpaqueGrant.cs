using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>
/// What a device code or a refresh token stands for. It is written into the token itself, so that the server need not
/// remember it and a restart invalidates none.
/// </summary>
/// <param name="ClientId">Application that asked.</param>
/// <param name="User">The user; null for an application.</param>
internal sealed record OpaqueGrant(string ClientId, string? User)
{
    /// <summary>As the client sees it.</summary>
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <exception cref="SignInException">The text is no grant of this server.</exception>
    public static OpaqueGrant Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<OpaqueGrant>(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)))
                ?? throw SignInException.BadGrant();
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            throw SignInException.BadGrant();
        }
    }
}
