using System.Security.Cryptography;
using System.Text;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Signs shared access signatures as Microsoft's pages on service and account SAS tell.</summary>
internal static class SasSigner
{
    // Lines that later versions of the service inserted.
    private const string ResourceSince = "2018-11-09";
    private const string ScopeSince = "2020-12-06";

    /// <summary>HMAC-SHA256 in base64.</summary>
    public static string Sign(byte[] key, string text)
    {
        using var hmac = new HMACSHA256(key);
        return Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>What a service SAS signs.</summary>
    /// <param name="value">Values of the query, such as <c>sp</c>; null for those that are missing.</param>
    /// <param name="resource"><c>/blob/account/container/blob</c>.</param>
    public static string ServiceText(Func<string, string?> value, string resource)
    {
        string version = value("sv") ?? string.Empty;
        var lines = new List<string?> { value("sp"), value("st"), value("se"), resource, value("si"), value("sip"), value("spr"), version };
        if (string.CompareOrdinal(version, ResourceSince) >= 0) lines.AddRange([value("sr"), value("snapshot")]);
        if (string.CompareOrdinal(version, ScopeSince) >= 0) lines.Add(value("ses"));
        lines.AddRange([value("rscc"), value("rscd"), value("rsce"), value("rscl"), value("rsct")]);
        return string.Join("\n", lines);
    }

    /// <summary>What an account SAS signs; unlike that of a service SAS it ends with a line break.</summary>
    /// <param name="value">Values of the query.</param>
    /// <param name="account">Name of the account.</param>
    public static string AccountText(Func<string, string?> value, string account)
    {
        string version = value("sv") ?? string.Empty;
        var lines = new List<string?>
        {
            account, value("sp"), value("ss"), value("srt"), value("st"), value("se"), value("sip"), value("spr"), version,
        };
        if (string.CompareOrdinal(version, ScopeSince) >= 0) lines.Add(value("ses"));
        return string.Join("\n", lines) + "\n";
    }
}
