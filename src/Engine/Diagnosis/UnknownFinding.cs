namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>The finding about what no rule knows. It says so, and invents nothing.</summary>
internal static class UnknownFinding
{
    /// <param name="evidence">The error, word for word.</param>
    /// <param name="target">What it is about.</param>
    /// <param name="code">Its code, where it has one.</param>
    public static ImageFinding Of(string? evidence, string? target, string? code = null) => new(
        RuleCatalog.Unknown,
        FindingSeverity.Error,
        code is not null ? $"No rule knows the code '{code}'." : "No rule knows this error.")
    {
        Evidence = evidence,
        Target = target,
        Fix = "Read the error itself, in Evidence, and what was logged just before it.",
    };
}
