namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>What an address of the storage service names.</summary>
/// <param name="Account">Account, or the hidden account of a managed disk.</param>
/// <param name="Container">Container; null when the account itself is meant.</param>
/// <param name="Blob">Blob, decoded; null when the container is meant.</param>
internal sealed record BlobAddress(string Account, string? Container, string? Blob)
{
    private const string DiskPrefix = "md-";

    /// <summary>Whether the blob is a managed disk or snapshot.</summary>
    public bool IsDisk => Account.StartsWith(DiskPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>As signatures and faults name it, whatever the form of the address.</summary>
    public string Path => "/" + string.Join("/", new[] { Account, Container, Blob }.Where(static part => part is not null));

    /// <summary>Takes an address apart.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="isAccount">Whether a storage account of that name exists.</param>
    /// <returns>Null when the address is none of the storage service.</returns>
    public static BlobAddress? TryParse(Uri uri, Func<string, bool> isAccount)
    {
        string[] segments = [.. uri.AbsolutePath.Split(['/'], StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        string host = uri.Host;
        int dot = host.IndexOf('.');
        if (dot > 0 && host.IndexOf(".blob.", StringComparison.OrdinalIgnoreCase) >= dot) return Of(host.Substring(0, dot), segments);
        if (!uri.IsLoopback || segments.Length == 0) return null;
        bool known = segments[0].StartsWith(DiskPrefix, StringComparison.OrdinalIgnoreCase) || isAccount(segments[0]);
        return known ? Of(segments[0], [.. segments.Skip(1)]) : null;
    }

    private static BlobAddress Of(string account, string[] path) => new(
        account.ToLowerInvariant(),
        path.Length > 0 ? path[0] : null,
        path.Length > 1 ? string.Join("/", path.Skip(1)) : null);
}
