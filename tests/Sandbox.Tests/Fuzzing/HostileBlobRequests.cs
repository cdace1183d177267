namespace ImageCmdlets.Sandbox.Tests.Fuzzing;

/// <summary>Requests of the data plane that are wrong in several ways: ranges, headers, signatures, names.</summary>
internal static class HostileBlobRequests
{
    private static readonly string[] s_methods = ["GET", "PUT", "HEAD", "DELETE", "POST", "OPTIONS", "FOO"];
    private static readonly string[] s_blobs = ["/box/page", "/box/block", "/box", "/box/new", "/", "//", "/nobox/x", "/box/..", "/box/%2e%2e", "/$root/x", "/$web/x"];
    private static readonly string[] s_parameters =
        ["comp", "restype", "sv", "sr", "sp", "se", "st", "sig", "ss", "srt", "snapshot", "prevsnapshot", "blockid", "copyid", "timeout", "marker", "maxresults", "prefix", "delimiter"];

    private static readonly string[] s_components =
        ["page", "pagelist", "properties", "metadata", "lease", "block", "blocklist", "copy", "snapshot", "list", "acl", "tier", "incrementalcopy", "undelete", "batch"];

    private static readonly string[] s_headers =
    [
        "Range", "x-ms-range", "x-ms-blob-type", "x-ms-blob-content-length", "x-ms-page-write", "x-ms-copy-source", "x-ms-source-range", "x-ms-lease-id",
        "x-ms-lease-action", "x-ms-lease-duration", "x-ms-sequence-number-action", "x-ms-blob-sequence-number", "x-ms-if-sequence-number-le", "x-ms-version",
        "x-ms-date", "If-Match", "If-Modified-Since", "Content-MD5", "x-ms-meta-a", "x-ms-range-get-content-md5", "x-ms-copy-action", "Content-Length",
    ];

    private static readonly string[] s_fitting =
        ["bytes=0-511", "bytes=512-1023", "PageBlob", "BlockBlob", "AppendBlob", "update", "clear", "512", "1024", "513", "acquire", "release", "break", "max", "2021-08-06", "15", "true"];

    public static SandboxRequest Make(Random random)
    {
        string blob = random.Next(6) == 0 ? "/box/" + Uri.EscapeDataString(Short(random)) : s_blobs[random.Next(s_blobs.Length)];
        var query = new List<string>();
        if (random.Next(2) == 0) query.Add($"comp={s_components[random.Next(s_components.Length)]}");
        if (random.Next(4) == 0) query.Add("restype=container");
        for (int i = random.Next(3); i > 0; i--) query.Add($"{s_parameters[random.Next(s_parameters.Length)]}={Uri.EscapeDataString(Short(random))}");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (random.Next(6) > 0) headers["Authorization"] = random.Next(8) > 0 ? "Bearer sandbox-token" : $"SharedKey {FuzzWorld.Account}:{HostileValues.Header(random)}";
        if (random.Next(6) > 0) headers["x-ms-version"] = "2021-08-06";
        for (int i = random.Next(5); i > 0; i--)
            headers[s_headers[random.Next(s_headers.Length)]] = random.Next(3) == 0 ? HostileValues.Header(random) : s_fitting[random.Next(s_fitting.Length)];
        byte[] body = random.Next(3) switch { 0 => [], 1 => new byte[512], _ => HostileValues.Body(random) };
        const string host = $"https://{FuzzWorld.Account}.blob.core.windows.net";
        return new SandboxRequest(s_methods[random.Next(random.Next(3) == 0 ? s_methods.Length : 2)], new Uri($"{host}{blob}?{string.Join("&", query)}"), headers, body);
    }

    private static string Short(Random random) => HostileValues.Text(random) is { Length: > 500 } text ? text[..500] : HostileValues.Text(random);
}
