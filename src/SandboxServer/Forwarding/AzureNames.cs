namespace ImageCmdlets.SandboxServer.Forwarding;

/// <summary>The names of Azure's public cloud behind which the sandbox has anything.</summary>
internal static class AzureNames
{
    // Blobs of managed disks lie in zones that are numbered (recorded: z0 to z49).
    private const int Zones = 50;

    /// <summary>As they stand in a certificate.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "management.azure.com", "login.microsoftonline.com", "login.windows.net", "sts.windows.net", "*.blob.core.windows.net",
        .. Enumerable.Range(0, Zones).Select(static zone => $"*.z{zone}.blob.storage.azure.net"),
    ];

    /// <summary>Whether a host with its port is one of them, for HTTPS.</summary>
    public static bool IsOne(string authority)
    {
        string[] parts = authority.Split(':');
        if (parts is not [{ } host, "443"]) return false;
        int dot = host.IndexOf('.', StringComparison.Ordinal);
        string any = dot > 0 ? "*" + host[dot..] : host;
        return All.Contains(host, StringComparer.OrdinalIgnoreCase) || All.Contains(any, StringComparer.OrdinalIgnoreCase);
    }
}
