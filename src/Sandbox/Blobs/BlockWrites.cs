using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Block blobs in blocks: each is put, then a list says which make up the blob.</summary>
internal static class BlockWrites
{
    public static BlobAnswer Put(BlobRequest request)
    {
        string id = request.Query["blockid"] ?? throw BlobErrors.InvalidQuery("blockid", null);
        BlobItem? item = BlobAccess.Find(request);
        BlobConditions.CheckWrite(request, item);
        if (item is { Type: not BlobItem.BlockBlob }) throw BlobErrors.InvalidBlobType();
        PageWrites.CheckMd5(request, request.Request.Body);
        // A blob that only has blocks does not exist: they wait beside it.
        if (item is null)
        {
            item = Waiting(request) ?? new BlobItem(BlobItem.BlockBlob, new PageMap(0)) { Created = request.Now };
            request.World.Blobs.Put(request.Address.Account, request.Address.Container!, WaitingName(request), item);
        }

        item.Blocks[id] = request.Request.Body;
        return new BlobAnswer(201).With("Content-MD5", BlobReads.Md5(request.Request.Body)).With("x-ms-request-server-encrypted", "true");
    }

    public static BlobAnswer Commit(BlobRequest request)
    {
        BlobItem? present = BlobAccess.Find(request);
        BlobConditions.CheckWrite(request, present);
        SortedDictionary<string, byte[]> blocks = (present ?? Waiting(request))?.Blocks ?? new SortedDictionary<string, byte[]>();
        var bytes = new List<byte>();
        foreach (string id in Read(request.Request.Body))
            bytes.AddRange(blocks.TryGetValue(id, out byte[]? block) ? block : throw BlobErrors.InvalidBlockList());
        var map = new PageMap(bytes.Count);
        map.Write(0, [.. bytes]);
        request.World.Blobs.Remove(request.Address.Account, request.Address.Container!, WaitingName(request));
        var item = new BlobItem(BlobItem.BlockBlob, map) { Created = present?.Created ?? request.Now };
        foreach (KeyValuePair<string, byte[]> block in blocks) item.Blocks[block.Key] = block.Value;
        return BlobWrites.Create(request, item);
    }

    /// <summary>Whether a name is one of blocks that wait for their list.</summary>
    public static bool IsWaiting(string blob) => blob.EndsWith("\n", StringComparison.Ordinal);

    private static IEnumerable<string> Read(byte[] body)
    {
        try
        {
            return [.. XDocument.Parse(Encoding.UTF8.GetString(body).TrimStart('\uFEFF')).Root!.Elements().Select(static e => e.Value.Trim())];
        }
        catch (XmlException)
        {
            throw BlobErrors.InvalidXml();
        }
    }

    private static BlobItem? Waiting(BlobRequest request) =>
        request.World.Blobs.Find(request.Address.Account, request.Address.Container!, WaitingName(request));

    // No address can name it.
    private static string WaitingName(BlobRequest request) => request.Address.Blob + "\n";
}
