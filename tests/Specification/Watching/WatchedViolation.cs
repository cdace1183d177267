namespace ImageCmdlets.Tests.Specification;

/// <summary>A violation, and where it was seen first.</summary>
internal sealed record WatchedViolation(Violation Violation, string Request, string? Place)
{
    public bool IsTold { get; set; }

    public override string ToString() => $"{Violation} (first at {Request}, in {Place ?? "no test"})";
}
