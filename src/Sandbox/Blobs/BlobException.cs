namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>The storage service refuses the request. A handler throws it before it has changed anything.</summary>
internal sealed class BlobException(int status, string code, string message) : Exception($"{status} {code}: {message}")
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string Text { get; } = message;

    /// <summary>Further elements of the body.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Details { get; init; } = [];

    /// <summary>Body instead of the service's XML; null: the XML.</summary>
    public string? RawText { get; init; }

    /// <summary>Headers of the answer.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
