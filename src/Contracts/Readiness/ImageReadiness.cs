namespace ImageCmdlets;

/// <summary>Whether a virtual machine can be generalized, and what stands against it. Pipes into Invoke-Generalize: <c>Id</c> is the
/// machine's.</summary>
public sealed class ImageReadiness(string id) : ArmResource(id)
{
    /// <summary>Whether no error was found and, unless it was left out on purpose, the guest was asked.</summary>
    public required bool IsReady { get; init; }

    /// <summary><c>Windows</c> or <c>Linux</c>.</summary>
    public string? OSType { get; init; }

    public string? PowerState { get; init; }

    /// <summary>What was found, errors first. <c>Target</c> of each is the machine's id.</summary>
    public IReadOnlyList<ImageFinding> Finding { get; init => field = value.ToArray(); } = [];

    /// <summary>Every check, with what it came to.</summary>
    public IReadOnlyList<ReadinessCheck> Check { get; init => field = value.ToArray(); } = [];

    /// <summary>Findings of the guest that did not fit into what Azure brings back of a script.</summary>
    public int OmittedCount { get; init; }

    public TimeSpan Elapsed { get; init; }
}
