namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>Finds the operation of a request, as the service does: by method, <c>restype</c>, <c>comp</c> and headers.</summary>
internal static class BlobOperations
{
    private static readonly BlobOperation s_listContainers = new("Service_ListContainersSegment", 's', 'l', ContainerOperations.ListContainers);
    private static readonly BlobOperation s_accountInfo = new("BlobServiceOperations_GetAccountInfo", 's', 'r', GetAccountInfo);

    private static readonly BlobOperation s_createContainer = new("Container_Create", 'c', 'w', ContainerOperations.Create) { Creates = true };
    private static readonly BlobOperation s_getContainer = new("Container_GetProperties", 'c', 'r', ContainerOperations.Get);
    private static readonly BlobOperation s_deleteContainer = new("Container_Delete", 'c', 'd', ContainerOperations.Delete);
    private static readonly BlobOperation s_listBlobs = new("Container_ListBlobFlatSegment", 'c', 'l', ContainerOperations.ListBlobs);

    private static readonly BlobOperation s_get = new("Blob_Download", 'o', 'r', BlobReads.Get) { OnDisks = true };
    private static readonly BlobOperation s_head = new("Blob_GetProperties", 'o', 'r', BlobReads.Head) { OnDisks = true };
    private static readonly BlobOperation s_pageRanges = new("PageBlob_GetPageRanges", 'o', 'r', BlobReads.PageRanges) { OnDisks = true };
    private static readonly BlobOperation s_getMetadata = new("Blob_GetMetadata", 'o', 'r', BlobReads.Metadata);
    private static readonly BlobOperation s_delete = new("Blob_Delete", 'o', 'd', BlobWrites.Delete);
    private static readonly BlobOperation s_createPages = new("PageBlob_Create", 'o', 'w', BlobWrites.CreatePageBlob) { Creates = true };
    private static readonly BlobOperation s_uploadBlock = new("BlockBlob_Upload", 'o', 'w', BlobWrites.UploadBlockBlob) { Creates = true };
    private static readonly BlobOperation s_copy = new("Blob_StartCopyFromURL", 'o', 'w', BlobCopies.Start) { Creates = true };
    private static readonly BlobOperation s_abortCopy = new("Blob_AbortCopyFromURL", 'o', 'w', BlobCopies.Abort);
    private static readonly BlobOperation s_uploadPages = new("PageBlob_UploadPages", 'o', 'w', PageWrites.Upload) { OnDisks = true };
    private static readonly BlobOperation s_clearPages = new("PageBlob_ClearPages", 'o', 'w', PageWrites.Clear) { OnDisks = true };
    private static readonly BlobOperation s_pagesFromUri = new("PageBlob_UploadPagesFromURL", 'o', 'w', PageWrites.UploadFromUri) { OnDisks = true };
    private static readonly BlobOperation s_setProperties = new("Blob_SetHTTPHeaders", 'o', 'w', BlobWrites.SetProperties);
    private static readonly BlobOperation s_setMetadata = new("Blob_SetMetadata", 'o', 'w', BlobWrites.ChangeMetadata);
    private static readonly BlobOperation s_lease = new("Blob_AcquireLease", 'o', 'w', BlobLeases.Change);
    private static readonly BlobOperation s_putBlock = new("BlockBlob_StageBlock", 'o', 'w', BlockWrites.Put) { Creates = true };
    private static readonly BlobOperation s_commit = new("BlockBlob_CommitBlockList", 'o', 'w', BlockWrites.Commit) { Creates = true };

    /// <summary>The operation that a request asks for; null when there is none.</summary>
    public static BlobOperation? Find(BlobRequest request)
    {
        string method = request.Request.Method, part = request.Query["comp"] ?? string.Empty;
        if (request.Address.Container is null) return OfService(request, method, part);
        if (request.Address.Blob is null) return request.Query["restype"] == "container" ? OfContainer(method, part) : null;
        return method switch
        {
            "GET" => part switch { "" => s_get, "pagelist" => s_pageRanges, "metadata" => s_getMetadata, _ => null },
            "HEAD" => part == "metadata" ? s_getMetadata : s_head,
            "DELETE" => s_delete,
            "PUT" => OfPut(request, part),
            _ => null,
        };
    }

    private static BlobOperation? OfService(BlobRequest request, string method, string part)
    {
        if (method is not ("GET" or "HEAD")) return null;
        if (part == "list") return s_listContainers;
        return request.Query["restype"] == "account" ? s_accountInfo : null;
    }

    private static BlobOperation? OfContainer(string method, string part) => (method, part) switch
    {
        ("PUT", "") => s_createContainer,
        ("GET" or "HEAD", "") => s_getContainer,
        ("DELETE", "") => s_deleteContainer,
        ("GET", "list") => s_listBlobs,
        _ => null,
    };

    private static BlobOperation? OfPut(BlobRequest request, string part) => part switch
    {
        "" => OfPutBlob(request),
        "page" => OfPutPage(request),
        "properties" => s_setProperties,
        "metadata" => s_setMetadata,
        "lease" => s_lease,
        "copy" => s_abortCopy,
        "block" => s_putBlock,
        "blocklist" => s_commit,
        _ => null,
    };

    private static BlobOperation OfPutBlob(BlobRequest request)
    {
        if (request["x-ms-copy-source"] is not null) return s_copy;
        string type = request.Required("x-ms-blob-type");
        return type switch
        {
            BlobItem.PageBlob => s_createPages,
            BlobItem.BlockBlob => s_uploadBlock,
            _ => throw BlobErrors.InvalidHeader("x-ms-blob-type", type),
        };
    }

    private static BlobOperation OfPutPage(BlobRequest request)
    {
        string write = request.Required("x-ms-page-write");
        return write.ToLowerInvariant() switch
        {
            "update" => request["x-ms-copy-source"] is null ? s_uploadPages : s_pagesFromUri,
            "clear" => s_clearPages,
            _ => throw BlobErrors.InvalidHeader("x-ms-page-write", write),
        };
    }

    private static BlobAnswer GetAccountInfo(BlobRequest request) => new BlobAnswer(200)
        .With("x-ms-sku-name", (string?)request.Account!.Body["sku"]?["name"])
        .With("x-ms-account-kind", (string?)request.Account.Body["kind"])
        .With("x-ms-is-hns-enabled", "false");
}
