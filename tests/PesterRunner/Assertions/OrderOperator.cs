using System.Globalization;
using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>BeGreaterThan and its three relatives: compared by PowerShell's rules.</summary>
/// <param name="name">The name of the operator.</param>
/// <param name="alias">Its short name.</param>
/// <param name="words">What the value should be to the expected one.</param>
/// <param name="negatedWords">The same, turned round.</param>
/// <param name="holds">Whether the operator holds for the sign of a comparison.</param>
internal sealed class OrderOperator(string name, string alias, string words, string negatedWords, Func<int, bool> holds)
    : ShouldOperator(name, alias)
{
    public override ShouldOutcome Check(Assertion assertion)
    {
        int order = LanguagePrimitives.Compare(
            assertion.Actual, assertion.Expected, ignoreCase: true, CultureInfo.InvariantCulture);
        return ShouldOutcome.Of(holds(order), assertion, () => Failure(words), () => Failure(negatedWords));

        string Failure(string wanted) =>
            $"Expected the actual value to be {wanted} {ValueText.Of(assertion.Expected)},{assertion.Because} "
            + $"but got {ValueText.Of(assertion.Actual)}.";
    }
}
