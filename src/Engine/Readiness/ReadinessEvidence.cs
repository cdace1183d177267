namespace ImageCmdlets.Engine.Readiness;

/// <summary>What a check found, before the catalogue has said what it means.</summary>
/// <param name="Check">The check.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="Severity">How bad it is here; a rule can have two.</param>
/// <param name="Text">What shows it.</param>
internal sealed record ReadinessEvidence(ReadinessCheckName Check, string RuleId, FindingSeverity Severity, string Text);
