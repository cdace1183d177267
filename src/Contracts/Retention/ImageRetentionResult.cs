namespace ImageCmdlets;

/// <summary>What became of a version of a plan of retention.</summary>
public sealed class ImageRetentionResult
{
    /// <summary>The full ARM id of the version.</summary>
    public required string Id { get; init; }

    public required string DefinitionName { get; init; }

    public required string Version { get; init; }

    /// <summary><c>Removed</c>, <c>SoftDeleted</c>, <c>Excluded</c>, <c>Kept</c> or <c>Failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it was kept after all; null where it was not.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public ImageCmdletsException? Error { get; init; }

    public override string ToString() => $"{DefinitionName} {Version}: {State}";
}
