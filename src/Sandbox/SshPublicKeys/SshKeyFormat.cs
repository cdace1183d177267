using System.Numerics;
using System.Text;

namespace ImageCmdlets.Sandbox.SshPublicKeys;

/// <summary>Public keys in the one-line form of OpenSSH.</summary>
internal static class SshKeyFormat
{
    private const string Rsa = "ssh-rsa";

    private static readonly string[] s_kinds = [Rsa, "ssh-ed25519"];

    /// <summary>Whether a text is a key of a kind that Azure takes: the kind, and base64 that names the same kind.</summary>
    public static bool IsPublicKey(string text)
    {
        string[] parts = text.Trim().Split([' '], 3);
        if (parts.Length < 2 || !s_kinds.Contains(parts[0], StringComparer.Ordinal)) return false;
        try
        {
            byte[] blob = Convert.FromBase64String(parts[1]);
            return blob.Length > 4 + parts[0].Length && Encoding.ASCII.GetString(blob, 4, parts[0].Length) == parts[0];
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The line of an RSA key, with the comment that the service writes.</summary>
    public static string Line(BigInteger exponent, BigInteger modulus)
    {
        byte[] blob =
        [
            .. Part(Encoding.ASCII.GetBytes(Rsa)), .. Part(BigEndian.Write(exponent)), .. Part(BigEndian.Write(modulus)),
        ];
        return $"{Rsa} {Convert.ToBase64String(blob)} generated-by-azure";
    }

    private static byte[] Part(byte[] content) =>
        [(byte)(content.Length >> 24), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];
}
