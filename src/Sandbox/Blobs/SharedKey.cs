using System.Globalization;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>What a Shared Key signature signs, after Microsoft's "Authorize with Shared Key".</summary>
internal static class SharedKey
{
    private static readonly string[] s_headers =
    [
        "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date", "If-Modified-Since",
        "If-Match", "If-None-Match", "If-Unmodified-Since", "Range",
    ];

    /// <summary>The text to be signed.</summary>
    public static string Text(BlobRequest request)
    {
        IEnumerable<string> headers = s_headers.Select(name => Header(request, name));
        return $"{request.Request.Method}\n{string.Join("\n", headers)}\n{CanonicalHeaders(request)}{CanonicalResource(request)}";
    }

    private static string Header(BlobRequest request, string name)
    {
        if (name != "Content-Length") return request[name] ?? string.Empty;
        // Not every transport tells it; a body of nothing counts as none.
        int length = request.Request.Body.Length;
        return length == 0 ? string.Empty : length.ToString(CultureInfo.InvariantCulture);
    }

    private static string CanonicalHeaders(BlobRequest request) => string.Concat(request.Request.Headers
        .Where(static header => header.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
        .Select(static header => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), header.Value.Trim()))
        .OrderBy(static header => header.Key, StringComparer.Ordinal)
        .Select(static header => $"{header.Key}:{header.Value}\n"));

    // The path as it stands in the address: where the account is its first segment, it is there twice.
    private static string CanonicalResource(BlobRequest request)
    {
        IEnumerable<string> query = request.Query.All
            .Select(static pair => new KeyValuePair<string, string>(pair.Key.ToLowerInvariant(), pair.Value))
            .GroupBy(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal)
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => $"\n{group.Key}:{string.Join(",", group.OrderBy(static value => value, StringComparer.Ordinal))}");
        return $"/{request.Address.Account}{request.Request.Uri.AbsolutePath}{string.Concat(query)}";
    }
}
