namespace ImageCmdlets;

/// <summary>What is known of an error that is to be explained. Everything may be missing.</summary>
public sealed record ErrorDescription
{
    /// <summary>One of <see cref="ErrorIds"/>, where the error is this module's.</summary>
    public string? ErrorId { get; init; }

    /// <summary>Codes of Azure's or of Windows', the innermost first.</summary>
    public IReadOnlyList<string> Code { get; init => field = value.ToArray(); } = [];

    /// <summary>Texts of the error, the innermost first. May be lines of a log.</summary>
    public IReadOnlyList<string> Message { get; init => field = value.ToArray(); } = [];

    /// <summary>What the error is about: a resource id, a path.</summary>
    public string? Target { get; init; }
}
