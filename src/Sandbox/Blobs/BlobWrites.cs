namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Making, changing and deleting blobs.</summary>
internal static class BlobWrites
{
    private const long LongestBlob = 8L * 1024 * 1024 * 1024 * 1024;
    private const string MetadataPrefix = "x-ms-meta-";

    // How a request sets a header, and how an answer shows it.
    private static readonly KeyValuePair<string, string>[] s_headers =
    [
        new("x-ms-blob-content-type", "Content-Type"), new("x-ms-blob-content-encoding", "Content-Encoding"),
        new("x-ms-blob-content-language", "Content-Language"), new("x-ms-blob-content-md5", "Content-MD5"),
        new("x-ms-blob-cache-control", "Cache-Control"), new("x-ms-blob-content-disposition", "Content-Disposition"),
    ];

    public static BlobAnswer CreatePageBlob(BlobRequest request)
    {
        long length = request.Number("x-ms-blob-content-length") ?? throw BlobErrors.MissingHeader("x-ms-blob-content-length");
        CheckLength(length);
        var item = new BlobItem(BlobItem.PageBlob, new PageMap(length))
        {
            Created = request.Now,
            SequenceNumber = request.Number("x-ms-blob-sequence-number") ?? 0,
        };
        return Create(request, item);
    }

    public static BlobAnswer UploadBlockBlob(BlobRequest request)
    {
        byte[] body = request.Request.Body;
        PageWrites.CheckMd5(request, body);
        var map = new PageMap(body.Length);
        map.Write(0, body);
        var item = new BlobItem(BlobItem.BlockBlob, map) { Created = request.Now };
        item.Headers["Content-MD5"] = BlobReads.Md5(body);
        return Create(request, item);
    }

    /// <summary>Puts a new blob in its place; what was there is gone, its lease excepted.</summary>
    public static BlobAnswer Create(BlobRequest request, BlobItem item)
    {
        BlobItem? present = BlobAccess.Find(request);
        BlobConditions.CheckWrite(request, present);
        if (present?.Copy?.Status == BlobCopy.Pending) throw BlobErrors.PendingCopy();
        SetHeaders(request, item);
        SetMetadata(request, item);
        if (present is not null) item.Lease = present.Lease;
        request.World.Blobs.Put(request.Address.Account, request.Address.Container!, request.Address.Blob!, item);
        return new BlobAnswer(201).Changed(BlobAccess.Touch(request, item));
    }

    /// <summary>Sets headers, and for page blobs size and sequence number.</summary>
    public static BlobAnswer SetProperties(BlobRequest request)
    {
        BlobItem item = BlobAccess.Write(request);
        long? length = request.Number("x-ms-blob-content-length");
        string? action = request["x-ms-sequence-number-action"];
        if ((length is not null || action is not null) && item.Type != BlobItem.PageBlob) throw BlobErrors.InvalidBlobType();
        if (length is { } size)
        {
            CheckLength(size);
            item.Map.Resize(size);
        }

        if (action is not null) SetSequence(request, item, action);
        // Headers that are not sent are cleared, unless only size or sequence number is set.
        if (length is null && action is null) item.Headers.Clear();
        SetHeaders(request, item);
        BlobAccess.Touch(request, item);
        BlobAnswer answer = new BlobAnswer(200).With("ETag", item.ETag).With("Last-Modified", Json.ArmTime.Http(item.LastModified));
        return item.Type == BlobItem.PageBlob ? answer.With("x-ms-blob-sequence-number", item.SequenceNumber) : answer;
    }

    public static BlobAnswer ChangeMetadata(BlobRequest request)
    {
        BlobItem item = BlobAccess.Write(request);
        item.Metadata.Clear();
        SetMetadata(request, item);
        return new BlobAnswer(200).Changed(BlobAccess.Touch(request, item));
    }

    public static BlobAnswer Delete(BlobRequest request)
    {
        BlobItem item = BlobAccess.Find(request) ?? throw BlobErrors.BlobNotFound();
        BlobConditions.CheckWrite(request, item);
        request.World.Blobs.Remove(request.Address.Account, request.Address.Container!, request.Address.Blob!);
        return new BlobAnswer(202).With("x-ms-delete-type-permanent", "true");
    }

    /// <summary>Takes metadata from the request's headers.</summary>
    public static void SetMetadata(BlobRequest request, BlobItem item)
    {
        foreach (KeyValuePair<string, string> header in request.Request.Headers)
        {
            if (header.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
                item.Metadata[header.Key.Substring(MetadataPrefix.Length)] = header.Value;
        }
    }

    /// <summary>Takes the headers that a blob keeps from those of the request.</summary>
    public static void SetHeaders(BlobRequest request, BlobItem item)
    {
        foreach (KeyValuePair<string, string> header in s_headers)
        {
            if (request[header.Key] is { } value) item.Headers[header.Value] = value;
        }

        if (!item.Headers.ContainsKey("Content-Type") && request["Content-Type"] is { } type && request.Request.Body.Length > 0)
            item.Headers["Content-Type"] = type;
    }

    private static void SetSequence(BlobRequest request, BlobItem item, string action)
    {
        long? sent = request.Number("x-ms-blob-sequence-number");
        item.SequenceNumber = (action.ToLowerInvariant(), sent) switch
        {
            ("increment", null) => item.SequenceNumber + 1,
            ("max", { } number) => Math.Max(item.SequenceNumber, number),
            ("update", { } number) => number,
            _ => throw BlobErrors.InvalidHeader("x-ms-sequence-number-action", action),
        };
    }

    private static void CheckLength(long length)
    {
        if (length is < 0 or > LongestBlob || length % PageChunk.PageSize != 0)
            throw BlobErrors.InvalidHeader("x-ms-blob-content-length", length.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
