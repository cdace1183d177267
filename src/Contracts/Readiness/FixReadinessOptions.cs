namespace ImageCmdlets;

/// <summary>What is to be mended on a virtual machine.</summary>
public sealed record FixReadinessOptions
{
    /// <summary>How the machine was looked at, and is looked at again.</summary>
    public required TestReadinessOptions Test { get; init; }

    /// <summary>The findings that are to be mended.</summary>
    public IReadOnlyList<ImageFinding> Finding { get; init => field = value.ToArray(); } = [];
}
