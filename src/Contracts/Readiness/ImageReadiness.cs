namespace ImageCmdlets;

/// <summary>Whether a virtual machine can be generalized, and what stands against it. Pipes into Invoke-Generalize: <c>Id</c> is the
/// machine's.</summary>
public sealed class ImageReadiness(string id) : ArmResource(id)
{
    /// <summary>Whether the machine can be generalized, as far as the wanted checks go: false when an error was found; true when none was,
    /// and every wanted check that could have found one was made; null when that is not known, because one of them was not made.</summary>
    public required bool? IsReady { get; init; }

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
