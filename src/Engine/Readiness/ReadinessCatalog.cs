namespace ImageCmdlets.Engine.Readiness;

/// <summary>Makes findings of evidence.</summary>
internal static class ReadinessCatalog
{
    /// <param name="evidence">What a check found.</param>
    /// <param name="target">The machine's id.</param>
    public static ImageFinding Find(ReadinessEvidence evidence, string target)
    {
        var finding = new ImageFinding(evidence.RuleId, evidence.Severity, evidence.Text) { Evidence = evidence.Text, Target = target };
        return finding with { CanFix = ReadinessFixes.Find(finding) is not null };
    }
}
