namespace ImageCmdlets;

/// <summary>What is personal or secret on a Linux system that is to become an image.</summary>
public sealed class ImageResidue
{
    /// <summary>The id of the virtual machine; null where a folder was looked at.</summary>
    public string? Id { get; init; }

    /// <summary>The machine's name, or the folder's.</summary>
    public required string Name { get; init; }

    /// <summary>Where the system's root is: <c>/</c>, or a folder of this computer.</summary>
    public required string Path { get; init; }

    /// <summary>Whether there is nothing above <see cref="FindingSeverity.Information"/>.</summary>
    public bool IsClean => OmittedCount == 0 && Finding.All(finding => finding.Severity == FindingSeverity.Information);

    /// <summary>What was found, the worst first; <c>Target</c> of each is a path that begins at the root.</summary>
    public IReadOnlyList<ImageFinding> Finding { get; init => field = value.ToArray(); } = [];

    /// <summary>How many findings could not be brought back.</summary>
    public int OmittedCount { get; init; }

    public override string ToString() => $"{Name}: {(IsClean ? "clean" : $"{Finding.Count} findings")}";
}
