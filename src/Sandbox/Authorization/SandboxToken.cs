using System.Globalization;

namespace ImageCmdlets.Sandbox;

/// <summary>Bearer tokens of the sandbox. Any is accepted; one made here tells its expiry, and is refused after it.</summary>
public static class SandboxToken
{
    private const string Prefix = "sandbox-token.";

    /// <summary>Makes a token that expires at a point of the sandbox's virtual time (whole seconds).</summary>
    public static string Create(DateTimeOffset expiresOn) =>
        Prefix + expiresOn.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    internal static DateTimeOffset? ReadExpiry(string token) =>
        token.StartsWith(Prefix, StringComparison.Ordinal) &&
        long.TryParse(token.Substring(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
