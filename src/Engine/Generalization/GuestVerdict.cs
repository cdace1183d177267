namespace ImageCmdlets.Engine.Generalization;

/// <summary>What is known of the guest.</summary>
/// <param name="Outcome">Whether it is generalized.</param>
/// <param name="Message">What was seen, in a sentence.</param>
internal sealed record GuestVerdict(GuestOutcome Outcome, string Message)
{
    /// <summary>The state of a Linux guest that is proven.</summary>
    public const string Deprovisioned = "Deprovisioned";

    /// <summary>Windows' ImageState, or <see cref="Deprovisioned"/>; null when nobody knows.</summary>
    public string? GuestState { get; init; }

    /// <summary>What the guest answered; null when it did not.</summary>
    public GuestReport? Report { get; init; }

    /// <summary>The log of the run that failed; null where it was not read.</summary>
    public GeneralizeLog? Log { get; init; }

    /// <summary>What to do where no root cause says it; null: what is usual.</summary>
    public string? Advice { get; init; }

    /// <summary>Whether no script of this module can run in the guest any more, although none has answered.</summary>
    public bool IsOver { get; init; }

    /// <summary>What the guest complained about, causes first.</summary>
    public IReadOnlyList<string> Finding { get; init; } = [];

    /// <summary>Why the guest is not generalized; null when it is, and when nobody knows.</summary>
    public ImageFinding? RootCause { get; init; }
}
