using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Reading blobs: bytes, properties, page ranges.</summary>
internal static class BlobReads
{
    private const long LongestAnswer = 512L * 1024 * 1024;
    private const long LongestHashedRange = 4 * 1024 * 1024;

    public static BlobAnswer Get(BlobRequest request)
    {
        BlobItem item = BlobAccess.Read(request);
        long length = item.Content.Length;
        if (request.Range() is not { } range || length == 0)
        {
            CheckAnswer(length);
            return Describe(new BlobAnswer(200, item.Content.Read(0, length)), request, item);
        }

        if (range.Start >= length) throw BlobErrors.InvalidRange(length);
        long end = Math.Min(range.End ?? length - 1, length - 1);
        if (end < range.Start) throw BlobErrors.InvalidRange(length);
        CheckAnswer(end - range.Start + 1);
        byte[] bytes = item.Content.Read(range.Start, end - range.Start + 1);
        var answer = new BlobAnswer(206, bytes);
        if (request["x-ms-range-get-content-md5"] == "true")
        {
            if (bytes.Length > LongestHashedRange) throw BlobErrors.InvalidHeader("x-ms-range-get-content-md5", "true");
            answer.With("Content-MD5", Md5(bytes));
        }

        return Describe(answer.With("Content-Range", $"bytes {range.Start}-{end}/{length}"), request, item);
    }

    public static BlobAnswer Head(BlobRequest request)
    {
        BlobItem item = BlobAccess.Read(request);
        return Describe(new BlobAnswer(200) { Length = item.Content.Length }, request, item)
            .With("x-ms-creation-time", ArmTime.Http(item.Created));
    }

    public static BlobAnswer Metadata(BlobRequest request)
    {
        BlobItem item = BlobAccess.Read(request);
        var answer = new BlobAnswer(200);
        foreach (KeyValuePair<string, string> pair in item.Metadata) answer.With($"x-ms-meta-{pair.Key}", pair.Value);
        return answer.With("ETag", item.ETag).With("Last-Modified", ArmTime.Http(item.LastModified));
    }

    /// <summary>The written ranges; with an earlier snapshot, those in which the two differ.</summary>
    public static BlobAnswer PageRanges(BlobRequest request)
    {
        BlobItem item = BlobAccess.Read(request);
        if (item.Type != BlobItem.PageBlob) throw BlobErrors.InvalidBlobType();
        long last = item.Content.Length - 1, start = 0, end = last;
        if (request.Range() is { } range) (start, end) = (range.Start, Math.Min(range.End ?? last, last));
        IEnumerable<PageRange> ranges = request["x-ms-previous-snapshot-url"] is { } earlier
            ? item.Content.Differences(BlobAccess.ReadOther(request, earlier).Content, start, end)
            : item.Content.Ranges(start, end);
        return BlobAnswer.Xml(200, List(request, ranges))
            .With("ETag", item.ETag)
            .With("Last-Modified", ArmTime.Http(item.LastModified))
            .With("x-ms-blob-content-length", item.Content.Length);
    }

    /// <summary>The service's checksum, in base64.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "The protocol's own checksum against accidents; it protects nothing.")]
    public static string Md5(byte[] bytes)
    {
        using var md5 = MD5.Create();
        return Convert.ToBase64String(md5.ComputeHash(bytes));
    }

    // Azure streams whatever is asked for; an answer of the sandbox is in memory as a whole.
    private static void CheckAnswer(long length)
    {
        if (length > LongestAnswer) throw BlobErrors.TimedOut();
    }

    private static XElement List(BlobRequest request, IEnumerable<PageRange> ranges)
    {
        var root = new XElement("PageList");
        int from = int.TryParse(request.Query["marker"], NumberStyles.None, CultureInfo.InvariantCulture, out int marker) ? marker : 0;
        int most = int.TryParse(request.Query["maxresults"], NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : 10000;
        PageRange[] page = [.. ranges.Skip(from).Take(most + 1)];
        foreach (PageRange range in page.Take(most))
            root.Add(new XElement(range.IsClear ? "ClearRange" : "PageRange", new XElement("Start", range.Start), new XElement("End", range.End)));
        if (page.Length > most) root.Add(new XElement("NextMarker", from + most));
        return root;
    }

    private static BlobAnswer Describe(BlobAnswer answer, BlobRequest request, BlobItem item)
    {
        answer.With("Content-Type", item.Headers.TryGetValue("Content-Type", out string? type) ? type : "application/octet-stream");
        foreach (KeyValuePair<string, string> header in item.Headers)
        {
            bool whole = header.Key != "Content-MD5" || answer.Status == 200;
            if (header.Key != "Content-Type" && whole) answer.With(header.Key, header.Value);
        }

        if (answer.Status == 206 && item.Headers.TryGetValue("Content-MD5", out string? md5)) answer.With("x-ms-blob-content-md5", md5);
        foreach (KeyValuePair<string, string> pair in item.Metadata) answer.With($"x-ms-meta-{pair.Key}", pair.Value);
        answer.With("ETag", item.ETag).With("Last-Modified", ArmTime.Http(item.LastModified));
        answer.With("Accept-Ranges", "bytes").With("x-ms-blob-type", item.Type).With("x-ms-server-encrypted", "true");
        if (item.Type == BlobItem.PageBlob) answer.With("x-ms-blob-sequence-number", item.SequenceNumber);
        string state = item.Lease.State(request.Now);
        answer.With("x-ms-lease-state", state).With("x-ms-lease-status", item.Lease.IsLocked(request.Now) ? "locked" : "unlocked");
        if (state == "leased") answer.With("x-ms-lease-duration", item.Lease.Duration < 0 ? "infinite" : "fixed");
        return item.Copy is { } copy ? BlobCopies.Describe(answer, copy, request.Now) : answer;
    }
}
