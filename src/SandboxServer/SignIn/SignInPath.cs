namespace ImageCmdlets.SandboxServer.SignIn;

/// <summary>
/// A path of the sign-in service, taken apart: <c>/adfs/oauth2/token</c>, <c>/{tenant}/oauth2/v2.0/token</c> and the like.
/// </summary>
/// <param name="Authority">What comes before the endpoint, without a slash at the end: <c>/adfs</c>, <c>/{tenant}</c>.</param>
/// <param name="Tenant">The tenant named; null below <c>/adfs</c>.</param>
/// <param name="Endpoint">The rest, in lower case: <c>oauth2/token</c>.</param>
internal sealed record SignInPath(string Authority, string? Tenant, string Endpoint)
{
    private const string Adfs = "adfs";

    private static readonly string[] s_roots = ["oauth2", ".well-known", "v2.0", "discovery", "userrealm"];

    /// <summary>Null when the path is none of the sign-in service.</summary>
    public static SignInPath? TryParse(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);

        // Clients append to an authority that ends in /adfs both with and without another /adfs.
        int adfs = parts.TakeWhile(static part => part.Equals(Adfs, StringComparison.OrdinalIgnoreCase)).Count();
        int tenant = adfs < parts.Length && !IsRoot(parts[adfs]) ? 1 : 0;
        int start = adfs + tenant;
        if (start == 0 || start >= parts.Length || !IsRoot(parts[start])) return null;
        return new SignInPath(
            "/" + string.Join('/', parts.Take(start)),
            tenant == 1 ? parts[adfs] : null,
            string.Join('/', parts.Skip(start)).ToLowerInvariant());
    }

    private static bool IsRoot(string part) => s_roots.Contains(part, StringComparer.OrdinalIgnoreCase);
}
