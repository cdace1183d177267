using System.Text.RegularExpressions;

namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>A rule, and how a text fits it.</summary>
internal sealed record RuleMatch(DiagnosisRule Rule, Match Match)
{
    public ImageFinding Find(string? evidence = null, string? target = null) => Rule.Find(Match, evidence, target);
}
