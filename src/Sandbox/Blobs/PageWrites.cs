namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Writing and clearing pages, of blobs and of disks that are uploaded.</summary>
internal static class PageWrites
{
    private const long LongestWrite = 4 * 1024 * 1024;

    private static readonly BlobOperation s_write =
        new("PageBlob_UploadPages", 'o', 'w', static _ => new BlobAnswer(201)) { OnDisks = true };

    public static BlobAnswer Upload(BlobRequest request)
    {
        byte[] body = request.Request.Body;
        PageRange range = Range(request);
        if (range.Length > LongestWrite) throw BlobErrors.BodyTooLarge(LongestWrite);
        if (range.Length != body.Length) throw BlobErrors.InvalidHeader("Content-Length", $"{body.Length}");
        CheckMd5(request, body);
        BlobItem item = Target(request, range);
        item.Map.Write(range.Start, body);
        return Answer(request, item).With("Content-MD5", BlobReads.Md5(body));
    }

    public static BlobAnswer Clear(BlobRequest request)
    {
        PageRange range = Range(request);
        if (request.Request.Body.Length > 0) throw BlobErrors.InvalidHeader("Content-Length", $"{request.Request.Body.Length}");
        BlobItem item = Target(request, range);
        item.Map.Clear(range.Start, range.Length);
        return Answer(request, item);
    }

    /// <summary>Pages that the service itself reads from another blob.</summary>
    public static BlobAnswer UploadFromUri(BlobRequest request)
    {
        PageRange range = Range(request);
        if (range.Length > LongestWrite) throw BlobErrors.BodyTooLarge(LongestWrite);
        string sent = request.Required("x-ms-source-range");
        string[] parts = sent.Replace("bytes=", string.Empty).Split('-');
        if (parts.Length != 2 || !long.TryParse(parts[0], out long from) || !long.TryParse(parts[1], out long to) || from < 0 || to - from != range.End - range.Start)
            throw BlobErrors.InvalidHeader("x-ms-source-range", sent);
        BlobItem source = BlobAccess.ReadOther(request, request.Required("x-ms-copy-source"));
        if (to >= source.Content.Length) throw BlobErrors.InvalidRange(source.Content.Length);
        byte[] bytes = source.Content.Read(from, range.Length);
        CheckMd5(request, bytes, "x-ms-source-content-md5");
        BlobItem item = Target(request, range);
        item.Map.Write(range.Start, bytes);
        return Answer(request, item).With("Content-MD5", BlobReads.Md5(bytes));
    }

    /// <summary>Refuses bytes that are not those the client meant.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="header">What tells their hash; of those that the service reads itself, <c>x-ms-source-content-md5</c>.</param>
    public static void CheckMd5(BlobRequest request, byte[] body, string header = "Content-MD5")
    {
        if (request[header] is not { } sent) return;
        string calculated = BlobReads.Md5(body);
        if (sent != calculated) throw BlobErrors.Md5Mismatch(sent, calculated);
    }

    private static PageRange Range(BlobRequest request)
    {
        if (request.Range() is not { End: { } end } range) throw BlobErrors.MissingHeader("x-ms-range");
        bool whole = range.Start % PageChunk.PageSize == 0 && (end + 1) % PageChunk.PageSize == 0 && end > range.Start;
        return whole ? new PageRange(range.Start, end) : throw BlobErrors.InvalidPageRange();
    }

    private static BlobItem Target(BlobRequest request, PageRange range)
    {
        BlobItem item = request.Address.IsDisk ? DiskBlobs.Open(request, s_write) : BlobAccess.Write(request);
        if (item.Type != BlobItem.PageBlob) throw BlobErrors.InvalidBlobType();
        if (range.End >= item.Content.Length) throw BlobErrors.InvalidPageRange();
        BlobConditions.CheckSequence(request, item);
        return item;
    }

    private static BlobAnswer Answer(BlobRequest request, BlobItem item)
    {
        // The hash of the whole is no longer known.
        item.Headers.Remove("Content-MD5");
        if (!request.Address.IsDisk) BlobAccess.Touch(request, item);
        return new BlobAnswer(201).Changed(item).With("x-ms-blob-sequence-number", item.SequenceNumber);
    }
}
