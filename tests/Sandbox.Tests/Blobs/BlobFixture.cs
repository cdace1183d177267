using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ImageCmdlets.Sandbox.Tests.Blobs;

/// <summary>A storage account with a container, and a client that signs its requests with the account's key.</summary>
internal sealed class BlobFixture : IDisposable
{
    public const string Account = "images01";
    public const string StorageVersion = "2022-09-01";

    public BlobFixture(SandboxOptions? options = null)
    {
        Client = new SandboxClient(options);
        Group = Client.Group();
        AccountId = $"{Group}/providers/Microsoft.Storage/storageAccounts/{Account}";
        Client.Put(AccountId, StorageVersion, """{"sku":{"name":"Standard_LRS"},"kind":"StorageV2","location":"westeurope"}""").ShouldBe(202);
        Client.Advance(17);
        Key = Convert.FromBase64String((string)Client.Post($"{AccountId}/listKeys", StorageVersion).Json["keys"]![0]!["value"]!);
    }

    public SandboxClient Client { get; }

    public string Group { get; }

    public string AccountId { get; }

    public byte[] Key { get; }

    /// <summary>Scheme and host of the account.</summary>
    public string Root { get; set; } = $"https://{Account}.blob.core.windows.net";

    public DateTimeOffset Now => Client.Sandbox.Clock.GetUtcNow();

    /// <summary>Sends a request signed with the account's key.</summary>
    public BlobReply Send(string method, string pathAndQuery, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var uri = new Uri(Root + pathAndQuery);
        Dictionary<string, string> all = Headers(headers);
        all["x-ms-date"] = Now.ToString("R", CultureInfo.InvariantCulture);
        all["x-ms-version"] = "2021-12-02";
        all["Authorization"] = $"SharedKey {Account}:{Sign(Key, TextToSign(method, uri, all, body))}";
        return Raw(method, uri.AbsoluteUri, body, [.. all.Select(static pair => (pair.Key, pair.Value))]);
    }

    /// <summary>Sends a request as it is.</summary>
    public BlobReply Raw(string method, string uri, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var request = new SandboxRequest(method, new Uri(uri), Headers(headers), body);
        return new BlobReply(Client.Sandbox.SendAsync(request, CancellationToken.None).GetAwaiter().GetResult());
    }

    /// <summary>A container <c>vhds</c>.</summary>
    public BlobFixture WithContainer()
    {
        Send("PUT", "/vhds?restype=container").ShouldBe(201);
        return this;
    }

    /// <summary>An empty page blob.</summary>
    public void CreatePages(string path, long length) =>
        Send("PUT", path, null, ("x-ms-blob-type", "PageBlob"), ("x-ms-blob-content-length", $"{length}")).ShouldBe(201);

    public BlobReply PutPages(string path, long start, byte[] bytes) => Send(
        "PUT", $"{path}?comp=page", bytes, ("x-ms-page-write", "update"), ("x-ms-range", $"bytes={start}-{start + bytes.Length - 1}"));

    /// <summary>A service signature for a blob or its container.</summary>
    public string Sas(string path, string permissions, TimeSpan lasts, string resource = "b")
    {
        string expiry = (Now + lasts).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        string text = string.Join('\n',
            permissions, string.Empty, expiry, $"/blob/{Account}{path}", string.Empty, string.Empty, string.Empty, "2021-12-02", resource,
            string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty);
        return $"sv=2021-12-02&sr={resource}&sp={permissions}&se={Uri.EscapeDataString(expiry)}&sig={Uri.EscapeDataString(Sign(Key, text))}";
    }

    public void Dispose() => Client.Dispose();

    /// <summary>Bytes that repeat nowhere.</summary>
    public static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static Dictionary<string, string> Headers((string Name, string Value)[] headers) =>
        headers.ToDictionary(static h => h.Name, static h => h.Value, StringComparer.OrdinalIgnoreCase);

    private static string TextToSign(string method, Uri uri, Dictionary<string, string> headers, byte[]? body)
    {
        string Value(string name) => headers.TryGetValue(name, out string? value) ? value : string.Empty;
        string length = body is { Length: > 0 } ? $"{body.Length}" : string.Empty;
        IEnumerable<string> canonical = headers
            .Where(static h => h.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
            .OrderBy(static h => h.Key.ToLowerInvariant(), StringComparer.Ordinal)
            .Select(static h => $"{h.Key.ToLowerInvariant()}:{h.Value}\n");
        IEnumerable<string> query = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('=', 2))
            .OrderBy(static pair => pair[0], StringComparer.Ordinal)
            .Select(static pair => $"\n{pair[0]}:{Uri.UnescapeDataString(pair[1])}");
        return $"{method}\n\n\n{length}\n{Value("Content-MD5")}\n{Value("Content-Type")}\n\n{Value("If-Modified-Since")}\n{Value("If-Match")}\n" +
               $"{Value("If-None-Match")}\n{Value("If-Unmodified-Since")}\n{Value("Range")}\n" +
               $"{string.Concat(canonical)}/{Account}{uri.AbsolutePath}{string.Concat(query)}";
    }

    private static string Sign(byte[] key, string text) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
