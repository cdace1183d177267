using System.Text.RegularExpressions;

namespace ImageCmdlets.Sandbox.Tests.Recordings.Traffic;

/// <summary>A disagreement between sandbox and recording that has its reason.</summary>
/// <param name="Session">Recording; <c>*</c> stands for any text here and in the other patterns.</param>
/// <param name="Operation">Operation.</param>
/// <param name="Point">What differs.</param>
/// <param name="Exchanges">In how many exchanges it does, exactly: nothing new can hide behind a pattern.</param>
/// <param name="Reason">Why the sandbox does not do as Azure did then.</param>
internal sealed record KnownDisagreement(string Session, string Operation, string Point, int Exchanges, string Reason)
{
    public bool Covers(TrafficFinding finding) =>
        Fits(Session, finding.Session) && Fits(Operation, finding.Operation) && Fits(Point, finding.Point);

    /// <summary>How many exchanges of those findings the entry excuses.</summary>
    public int CountIn(IEnumerable<TrafficFinding> findings) =>
        findings.Where(Covers).Select(static finding => (finding.Session, finding.Index)).Distinct().Count();

    private static bool Fits(string pattern, string text) =>
        Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline);
}
