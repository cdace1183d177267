using System.Globalization;
using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>Contain: the values have the expected one among them.</summary>
internal sealed class ContainOperator() : ShouldOperator("Contain")
{
    public override bool TakesAllValues => true;

    public override ShouldOutcome Check(Assertion assertion)
    {
        object?[] actual = Values.ToArray(assertion.Actual);
        string expected = ValueText.Of(assertion.Expected);
        return ShouldOutcome.Of(
            Has(actual, assertion.Expected),
            assertion,
            () => $"Expected {expected} to be found in collection {ValueText.Of(actual)},{assertion.Because} but it was not found.",
            () => $"Expected {expected} to not be found in collection {ValueText.Of(actual)},{assertion.Because} but it was found.");
    }

    /// <summary>PowerShell's <c>-contains</c>.</summary>
    internal static bool Has(object?[] values, object? wanted) =>
        Array.Exists(values, value => LanguagePrimitives.Equals(value, wanted, ignoreCase: true, CultureInfo.InvariantCulture));
}
