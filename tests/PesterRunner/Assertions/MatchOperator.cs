using System.Text.RegularExpressions;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>Match and MatchExactly: matches a regular expression somewhere.</summary>
internal sealed class MatchOperator(string name, string? alias, bool ignoreCase) : ShouldOperator(name, alias)
{
    private const string Pattern = "RegularExpression";

    private readonly RegexOptions _options = ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None;
    private readonly string _exactly = ignoreCase ? "" : "case sensitively ";

    public override IReadOnlyList<(string Name, Type Type)> Parameters { get; } = [(Pattern, typeof(object))];

    public override ShouldOutcome Check(Assertion assertion)
    {
        object? pattern = assertion.Parameter(Pattern);
        string subject = $"Expected regular expression {ValueText.Of(pattern)} to";
        string actual = ValueText.Of(assertion.Actual);
        return ShouldOutcome.Of(
            Regex.IsMatch(Values.ToText(assertion.Actual), Values.ToText(pattern), _options),
            assertion,
            () => $"{subject} {_exactly}match {actual},{assertion.Because} but it did not match.",
            () => $"{subject} not {_exactly}match {actual},{assertion.Because} but it did match.");
    }
}
