using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs.Specialized;
using ImageCmdlets.Engine.Sessions;
using ImageCmdlets.Sandbox;

namespace ImageCmdlets.Engine.Tests.Azurite;

/// <summary>The way of a session whose disks lie in Azurite: what it asks of a disk's blob goes to Azurite and to the sandbox, and it hears
/// Azurite's answer. The sandbox's answer must be the same in all that counts.</summary>
internal sealed class MirrorHandler(ArmSandbox sandbox, AzuriteServer azurite) : DelegatingHandler(new SandboxMessageHandler(sandbox))
{
    private const int MostInOne = 4 * 1024 * 1024;
    private static readonly HttpClient s_http = new();
    private readonly ConcurrentDictionary<string, Task> _known = new();

    /// <summary>Requests that both have answered.</summary>
    public int Compared { get; private set; }

    /// <summary>The blobs that were asked for, by their names in Azurite.</summary>
    public IEnumerable<string> Names => _known.Keys;

    private static string NameOf(Uri address) => address.AbsolutePath.Trim('/').Replace('/', '-');

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.RequestUri!.Host.StartsWith("md-", StringComparison.Ordinal))
            return await base.SendAsync(request, cancellationToken);

        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        await _known.GetOrAdd(NameOf(request.RequestUri), _ => BringAsync(request.RequestUri));
        HttpResponseMessage theirs = await s_http.SendAsync(Mirrored(request, body), HttpCompletionOption.ResponseContentRead, cancellationToken);
        HttpResponseMessage ours = await base.SendAsync(request, cancellationToken);
        await CompareAsync(request, ours, theirs);
        theirs.RequestMessage = request;
        return theirs;
    }

    // Signature and place are Azurite's; what is asked is the same.
    private HttpRequestMessage Mirrored(HttpRequestMessage request, byte[] body)
    {
        Uri signed = azurite.Sign(NameOf(request.RequestUri!));
        string asked = string.Concat(request.RequestUri!.Query.TrimStart('?').Split('&').Where(part => part.StartsWith("comp=", StringComparison.Ordinal)).Select(part => "&" + part));
        var mirrored = new HttpRequestMessage(request.Method, signed.AbsoluteUri + asked) { Content = request.Content is null ? null : new ByteArrayContent(body) };
        foreach (KeyValuePair<string, IEnumerable<string>> header in request.Headers.Where(header => header.Key != "Host"))
            mirrored.Headers.TryAddWithoutValidation(header.Key, header.Value);
        foreach (KeyValuePair<string, IEnumerable<string>> header in request.Content?.Headers.AsEnumerable() ?? [])
            mirrored.Content!.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return mirrored;
    }

    // Azure makes the blob of a disk with the disk, and fills it where the disk is made of something.
    private async Task BringAsync(Uri address)
    {
        PageBlobClient blob = azurite.Blob(NameOf(address));
        byte[] bytes = await AskAsync(address, string.Empty);
        await blob.CreateAsync(bytes.Length);
        foreach ((long begin, long end) in PageList.Of(Encoding.UTF8.GetString(await AskAsync(address, "&comp=pagelist"))))
        {
            for (long offset = begin; offset < end; offset += MostInOne)
                await blob.UploadPagesAsync(new MemoryStream(bytes, (int)offset, (int)Math.Min(MostInOne, end - offset)), offset);
        }
    }

    private async Task<byte[]> AskAsync(Uri address, string what)
    {
        IEnumerable<string> signature = address.Query.TrimStart('?').Split('&').Where(part => !part.StartsWith("comp=", StringComparison.Ordinal));
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(address) { Query = string.Join("&", signature) + what }.Uri);
        request.Headers.Add("x-ms-version", "2021-08-06");
        using HttpResponseMessage answer = await base.SendAsync(request, CancellationToken.None);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    private async Task CompareAsync(HttpRequestMessage request, HttpResponseMessage ours, HttpResponseMessage theirs)
    {
        string what = $"{request.Method} {request.RequestUri!.AbsolutePath}{(request.RequestUri.Query.Contains("comp=", StringComparison.Ordinal) ? " " + request.RequestUri.Query[^20..] : string.Empty)}";
        Assert.True(ours.StatusCode == theirs.StatusCode, $"{what}: the sandbox says {ours.StatusCode}, Azurite {theirs.StatusCode}: {await theirs.Content.ReadAsStringAsync()}");
        Assert.Equal(theirs.Content.Headers.ContentRange, ours.Content.Headers.ContentRange);
        foreach (string name in new[] { "x-ms-blob-type", "x-ms-blob-content-length", "x-ms-blob-sequence-number" })
            Assert.Equal((what, Value(theirs, name)), (what, Value(ours, name)));
        bool isBytes = request.Method == HttpMethod.Get && request.Headers.Contains("x-ms-range") && theirs.StatusCode == HttpStatusCode.PartialContent;
        if (isBytes)
            Assert.Equal(SHA256.HashData(await theirs.Content.ReadAsByteArrayAsync()), SHA256.HashData(await ours.Content.ReadAsByteArrayAsync()));
        else if (request.Method == HttpMethod.Get)
            Assert.Equal(PageList.Of(await theirs.Content.ReadAsStringAsync()), PageList.Of(await ours.Content.ReadAsStringAsync()));
        Compared++;
    }

    private static string? Value(HttpResponseMessage message, string name) =>
        message.Headers.TryGetValues(name, out IEnumerable<string>? values) || message.Content.Headers.TryGetValues(name, out values) ? string.Join(",", values) : null;
}
