using System.Globalization;
using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>Be and BeExactly: equal by PowerShell's <c>-eq</c>, arrays item by item.</summary>
internal sealed class EqualOperator(string name, string alias, bool ignoreCase) : ShouldOperator(name, alias)
{
    private readonly string _exactly = ignoreCase ? "" : "exactly ";

    public override bool TakesAllValues => true;

    public override ShouldOutcome Check(Assertion assertion) => ShouldOutcome.Of(
        AreEqual(Values.ToArray(assertion.Actual), Values.ToArray(assertion.Expected)),
        assertion,
        () => Difference(assertion),
        () => $"Expected {ValueText.Of(assertion.Expected)} to be different from the actual value,{assertion.Because} "
            + $"but got {_exactly}the same value.");

    private bool AreEqual(object?[] first, object?[] second)
    {
        if (IsNothing(first) || IsNothing(second))
            return IsNothing(first) && IsNothing(second);

        return first.Length == second.Length && first.Zip(second).All(pair => AreEqual(pair.First, pair.Second));
    }

    private bool AreEqual(object? first, object? second)
    {
        first = Values.Unwrap(first);
        second = Values.Unwrap(second);
        return first is Array || second is Array
            ? AreEqual(Values.ToArray(first), Values.ToArray(second))
            : LanguagePrimitives.Equals(second, first, ignoreCase, CultureInfo.InvariantCulture);
    }

    private static bool IsNothing(object?[] values) => values is [] or [null];

    private string Difference(Assertion assertion)
    {
        object? actual = Values.Single(assertion.Actual);
        object? expected = Values.Single(assertion.Expected);
        return actual is string actualText && expected is string expectedText
            ? TextDifference.Describe(expectedText, actualText, ignoreCase, assertion.Because)
            : $"Expected {_exactly}{ValueText.Of(expected)},{assertion.Because} but got {ValueText.Of(actual)}.";
    }
}
