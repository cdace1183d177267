namespace ImageCmdlets;

/// <summary>One thing that was looked at, or could not be.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">What it came to.</param>
/// <param name="Reason">Why it was skipped, or could not be made wholly; null for what was made.</param>
public sealed record ReadinessCheck(ReadinessCheckName Name, ReadinessCheckState State, string? Reason)
{
    public override string ToString() => $"{Name}: {State}";
}
