using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>HaveCount: as many values as told.</summary>
internal sealed class CountOperator() : ShouldOperator("HaveCount")
{
    public override bool TakesAllValues => true;

    public override ShouldOutcome Check(Assertion assertion)
    {
        int expected = LanguagePrimitives.ConvertTo<int>(assertion.Expected);
        object?[] actual = Values.ToArray(assertion.Actual);
        return ShouldOutcome.Of(
            actual.Length == expected,
            assertion,
            () => $"{Expect(expected)},{assertion.Because} {But(actual, $"collection with size {actual.Length}")}",
            () => $"{ExpectNot(expected)},{assertion.Because} {But(actual, "collection with that size")}");
    }

    private static string Expect(int count) =>
        count == 0 ? "Expected an empty collection" : $"Expected a collection with size {count}";

    private static string ExpectNot(int count) =>
        count == 0 ? "Expected a non-empty collection" : $"Expected a collection with size different from {count}";

    private static string But(object?[] actual, string what) =>
        actual.Length == 0 ? "but got an empty collection." : $"but got {what} {ValueText.Of(actual)}.";
}
