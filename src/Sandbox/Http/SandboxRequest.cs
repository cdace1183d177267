using System.Diagnostics.CodeAnalysis;

namespace ImageCmdlets.Sandbox;

/// <summary>One HTTP request to the sandbox.</summary>
public sealed class SandboxRequest
{
    /// <summary>Bytes that a body may have: one block of a blob in a time. ARM takes no more than 4 MiB of them.</summary>
    public const int LargestBody = 8 * 1024 * 1024;

    private static readonly Dictionary<string, string> s_noHeaders = new(StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyDictionary<string, string> _headers = s_noHeaders;

    /// <summary>Creates a request whose parts are set by initialisers.</summary>
    public SandboxRequest()
    {
    }

    /// <summary>Creates a request.</summary>
    [SetsRequiredMembers]
    public SandboxRequest(string method, Uri uri, IReadOnlyDictionary<string, string>? headers = null, byte[]? body = null)
    {
        Method = method;
        Uri = uri;
        Headers = headers ?? s_noHeaders;
        Body = body ?? [];
    }

    /// <summary>HTTP method in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>Absolute address. Scheme and authority are used again in the addresses that the sandbox hands out.</summary>
    public required Uri Uri { get; init; }

    /// <summary>Headers; names are compared without regard to case.</summary>
    public IReadOnlyDictionary<string, string> Headers
    {
        get => _headers;
        init => _headers = Fold(value);
    }

    /// <summary>Body; empty when there is none.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>The body has more than <see cref="LargestBody"/> bytes and was not read; <see cref="Body"/> is empty.</summary>
    public bool IsBodyTooLarge { get; init; }

    private static Dictionary<string, string> Fold(IReadOnlyDictionary<string, string> headers)
    {
        var folded = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> header in headers) folded[header.Key] = header.Value;
        return folded;
    }
}
