namespace ImageCmdlets;

/// <summary>One step of a generalization.</summary>
/// <param name="Name">Such as <c>GuestStep</c> or <c>Deallocate</c>.</param>
/// <param name="State"><c>Succeeded</c>, <c>Failed</c>, <c>Skipped</c> (already so) or <c>Unverified</c>.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Detail">What was seen.</param>
public sealed record GeneralizeStep(string Name, string State, TimeSpan Elapsed, string? Detail)
{
    public override string ToString() => $"{Name}: {State}";
}
