using System.Security.Cryptography;

namespace ImageCmdlets.Engine.Vms;

/// <summary>A password that nobody gets to know, for machines that are made without one.</summary>
/// <remarks>Azure wants one; whoever needs to sign in later sets a new one. Nothing to leak is better than something to hide.</remarks>
internal static class GeneratedPassword
{
    private const int Length = 40;
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#%+-=_";

    public static string Create()
    {
        using var random = RandomNumberGenerator.Create();
        byte[] bytes = new byte[Length];
        random.GetBytes(bytes);

        // 64 characters: each byte gives one without favouring any. The four at the end meet the rule of kinds whatever came before.
        return string.Concat(bytes.Select(value => Alphabet[value % Alphabet.Length])) + "aA1!";
    }
}
