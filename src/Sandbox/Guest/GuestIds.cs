using System.Security.Cryptography;
using System.Text;

namespace ImageCmdlets.Sandbox.Guest;

/// <summary>
/// Ids that an operating system makes up for itself. They follow from the machine and the purpose, so that runs repeat.
/// </summary>
internal static class GuestIds
{
    /// <summary>Lower-case hexadecimal digits.</summary>
    /// <param name="text">What the id is for.</param>
    /// <param name="digits">How many; at most 64.</param>
    public static string Hex(string text, int digits)
    {
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
        return string.Concat(hash.Select(static b => b.ToString("x2"))).Substring(0, digits);
    }

    /// <summary>A machine SID: <c>S-1-5-21-</c> and three numbers.</summary>
    public static string Sid(string text)
    {
        string hex = Hex(text, 24);
        IEnumerable<uint> numbers = [.. Enumerable.Range(0, 3).Select(i => Convert.ToUInt32(hex.Substring(i * 8, 8), 16))];
        return "S-1-5-21-" + string.Join("-", numbers);
    }
}
