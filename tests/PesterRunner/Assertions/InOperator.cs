namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>BeIn: the value is among the expected ones.</summary>
internal sealed class InOperator() : ShouldOperator("BeIn")
{
    public override ShouldOutcome Check(Assertion assertion)
    {
        object?[] expected = Values.ToArray(assertion.Expected);
        string actual = ValueText.Of(assertion.Actual);
        return ShouldOutcome.Of(
            ContainOperator.Has(expected, assertion.Actual),
            assertion,
            () => $"Expected collection {ValueText.Of(expected)} to contain {actual},{assertion.Because} but it was not found.",
            () => $"Expected collection {ValueText.Of(expected)} to not contain {actual},{assertion.Because} but it was found.");
    }
}
