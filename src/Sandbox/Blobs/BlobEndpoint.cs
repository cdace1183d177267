namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>
/// Where an account's blobs are found. A client that reaches Azure's own names (in the same process) gets Azure's own names; one
/// that reaches the sandbox by an address on loopback gets the account as the first segment of the path, as storage emulators do.
/// </summary>
internal static class BlobEndpoint
{
    private const string Suffix = ".blob.core.windows.net";
    private const string DiskSuffix = ".blob.storage.azure.net";

    /// <summary>The address of a storage account, with a slash at its end.</summary>
    /// <param name="authority">An address by which the client has reached the sandbox.</param>
    /// <param name="account">Name of the account.</param>
    public static string OfAccount(Uri authority, string account) =>
        authority.IsLoopback ? OnLoopback(authority, account) : $"https://{account}{Suffix}/";

    /// <summary>The address of the hidden account in which a managed disk lies.</summary>
    /// <param name="authority">An address by which the client has reached the sandbox.</param>
    /// <param name="account">Name that begins with <c>md-</c>.</param>
    /// <param name="zone">Number of its DNS zone.</param>
    public static string OfDisk(Uri authority, string account, int zone) =>
        authority.IsLoopback ? OnLoopback(authority, account) : $"https://{account}.z{zone}{DiskSuffix}/";

    private static string OnLoopback(Uri authority, string account) =>
        $"{authority.GetLeftPart(UriPartial.Authority)}/{account}/";
}
