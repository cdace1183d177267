using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ImageCmdlets.Engine.Naming;

/// <summary>Short text that is the same for the same parts in every run, on every machine: the base of names that are found again.</summary>
internal static class StableHash
{
    /// <summary>Hexadecimal digits of a SHA-256 over the parts, casing not counted.</summary>
    /// <param name="digits">How many, at most 64.</param>
    /// <param name="parts">What is hashed; the order counts.</param>
    public static string Of(int digits, params string[] parts) => OfText(digits, string.Join("\n", parts).ToUpperInvariant());

    /// <summary>Hexadecimal digits of a SHA-256 over a text of which every character counts, such as a script.</summary>
    public static string OfText(int digits, string text)
    {
        using var sha = SHA256.Create();
        byte[] hashed = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
        return string.Concat(hashed.Select(part => part.ToString("x2", CultureInfo.InvariantCulture))).Substring(0, digits);
    }
}
