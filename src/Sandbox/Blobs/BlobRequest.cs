using System.Globalization;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Blobs;

/// <summary>A request of the blob service on its way through its handler.</summary>
/// <param name="World">The world.</param>
/// <param name="Request">The request.</param>
/// <param name="Address">What its address names.</param>
/// <param name="Account">The account; null for the hidden account of a managed disk.</param>
internal sealed record BlobRequest(SandboxWorld World, SandboxRequest Request, BlobAddress Address, ResourceEntry? Account)
{
    // The service answers in the version that was asked for; this one when none was.
    private const string DefaultVersion = "2021-12-02";

    public QueryString Query { get; } = new(Request.Uri);

    public DateTimeOffset Now => World.Now;

    public string Version => this["x-ms-version"] ?? Query["sv"] ?? DefaultVersion;

    /// <summary>Value of a header; null when it is missing or empty.</summary>
    public string? this[string header] =>
        Request.Headers.TryGetValue(header, out string? value) && value.Length > 0 ? value : null;

    /// <summary>Value of a header that must be there.</summary>
    public string Required(string header) => this[header] ?? throw BlobErrors.MissingHeader(header);

    /// <summary>Number in a header; null when it is missing.</summary>
    public long? Number(string header)
    {
        if (this[header] is not { } text) return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw BlobErrors.InvalidHeader(header, text);
    }

    /// <summary>The range that the request names: first and last byte, the last one null when it is open; null for none.</summary>
    public (long Start, long? End)? Range()
    {
        string name = this["x-ms-range"] is null ? "Range" : "x-ms-range";
        if (this[name] is not { } text) return null;
        string[] parts = text.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) ? text.Substring(6).Split('-') : [];
        long end = 0;
        bool read = parts.Length == 2 && Parse(parts[0], out _) && (parts[1].Length == 0 || Parse(parts[1], out end));
        if (!read) throw BlobErrors.InvalidHeader(name, text);
        Parse(parts[0], out long start);
        return (start, parts[1].Length == 0 ? null : end);
    }

    private static bool Parse(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
