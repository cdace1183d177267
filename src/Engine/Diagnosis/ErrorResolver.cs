using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Diagnosis;

/// <summary>Finds what the catalogue knows of an error.</summary>
/// <remarks>A text says more than a code, for Azure gives one code for many things; an inner code more than an outer one; and this
/// module's own id the least.</remarks>
internal static class ErrorResolver
{
    /// <summary>The findings, the best first; one with the id Unknown when no rule knows the error.</summary>
    public static IReadOnlyList<ImageFinding> Resolve(ErrorDescription error)
    {
        string[] texts = [.. error.Message.Where(text => !string.IsNullOrWhiteSpace(text))];
        if (ResolveLog(texts, error.Target) is { Count: > 0 } logged)
            return logged;

        ImageFinding[] byText = [.. texts.SelectMany(text => ResolveText(text, error.Target))];
        ImageFinding[] causes = [.. byText.Where(finding => KindOf(finding) == RuleKind.Cause)];
        if (causes.Length > 0)
            return Distinct(causes);

        string? evidence = texts.Length > 0 ? ErrorText.Show(texts[0]) : error.Code.FirstOrDefault();
        if (ResolveCode(error, texts) is { } rule)
            return [rule.Find(evidence: evidence, target: error.Target)];

        return byText.Length > 0 ? Distinct(byText) : [UnknownFinding.Of(evidence, error.Target, error.Code.FirstOrDefault())];
    }

    private static IReadOnlyList<ImageFinding> ResolveLog(string[] texts, string? target)
    {
        string[] lines = [.. texts.SelectMany(text => text.Split('\n')).Select(line => line.TrimEnd('\r'))];
        if (!Array.Exists(lines, line => SysprepLine.Read(line, 0, out _) is not null))
            return [];

        var parser = new SysprepLogParser(target);
        foreach (string line in lines)
            parser.Add(line);
        return parser.Finish().LastOrDefault()?.Finding ?? [];
    }

    private static IEnumerable<ImageFinding> ResolveText(string text, string? target)
    {
        IEnumerable<(RuleMatch? Match, string Text)> found =
        [
            .. text.Split('\n').Select(line => (RuleCatalog.FindByText(RuleCatalog.Windows, line) ?? RuleCatalog.FindByText(RuleCatalog.Noise, line), line)),
            (RuleCatalog.FindByText(RuleCatalog.Linux, text), text),
            (RuleCatalog.FindByText(RuleCatalog.Azure, text), text),
        ];
        return found.Where(item => item.Match is not null).Select(item => item.Match!.Find(ErrorText.Show(item.Text.Trim()), target));
    }

    private static DiagnosisRule? ResolveCode(ErrorDescription error, string[] texts)
    {
        string[] codes = [.. error.Code.Concat(texts.SelectMany(ErrorText.CodesIn)).Where(code => !string.IsNullOrWhiteSpace(code))];
        string? byText = texts.Select(text => ArmErrorTexts.Find(text)?.ErrorId).FirstOrDefault(id => id is not null);
        return Known(byText)
            ?? codes.Select(RuleCatalog.FindByCode).FirstOrDefault(rule => rule is not null)
            ?? codes.Select(code => Known(ArmErrorCodes.Find(code)?.ErrorId ?? code)).FirstOrDefault(rule => rule is not null)
            ?? Known(error.ErrorId);
    }

    private static DiagnosisRule? Known(string? errorId) => errorId is null ? null : RuleCatalog.FindByErrorId(errorId);

    private static RuleKind? KindOf(ImageFinding finding) => RuleCatalog.FindById(finding.RuleId)?.Kind;

    private static IReadOnlyList<ImageFinding> Distinct(IEnumerable<ImageFinding> findings) =>
        [.. findings.GroupBy(finding => (finding.RuleId, finding.Message)).Select(group => group.First())];
}
