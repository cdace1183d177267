using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>BeLike and BeLikeExactly: matches a wildcard pattern.</summary>
internal sealed class LikeOperator(string name, bool ignoreCase) : ShouldOperator(name)
{
    private readonly WildcardOptions _options = ignoreCase ? WildcardOptions.IgnoreCase : WildcardOptions.None;
    private readonly string _kind = ignoreCase ? "like wildcard" : "case sensitive like wildcard";

    public override ShouldOutcome Check(Assertion assertion)
    {
        string pattern = Values.ToText(assertion.Expected);
        string subject = $"Expected {_kind} {ValueText.Of(assertion.Expected)}";
        string actual = ValueText.Of(assertion.Actual);
        return ShouldOutcome.Of(
            WildcardPattern.Get(pattern, _options).IsMatch(Values.ToText(assertion.Actual)),
            assertion,
            () => $"{subject} to match {actual},{assertion.Because} but it did not match.",
            () => $"{subject} to not match {actual},{assertion.Because} but it did match.");
    }
}
