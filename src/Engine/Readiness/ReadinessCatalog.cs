using ImageCmdlets.Engine.Diagnosis;

namespace ImageCmdlets.Engine.Readiness;

/// <summary>Makes findings of evidence. What a rule means, why it is so and what to do is the catalogue's to say.</summary>
internal static class ReadinessCatalog
{
    /// <param name="evidence">What a check found.</param>
    /// <param name="target">The machine's id.</param>
    public static ImageFinding Find(ReadinessEvidence evidence, string target)
    {
        // A guest that was asked by another version of this module may name a rule that this one does not have.
        DiagnosisRule? rule = RuleCatalog.FindById(evidence.RuleId);
        ImageFinding finding = rule?.Find(rule.Match(evidence.Text), evidence.Text, target)
            ?? new ImageFinding(evidence.RuleId, evidence.Severity, evidence.Text) { Evidence = evidence.Text, Target = target };
        ImageFinding judged = finding with { Severity = evidence.Severity };
        return judged with { CanFix = ReadinessFixes.Find(judged) is not null };
    }
}
