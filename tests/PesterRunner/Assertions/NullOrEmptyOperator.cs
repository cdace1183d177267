using System.Collections;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>BeNullOrEmpty: nothing, or one value that is null, an empty text or an empty hash table.</summary>
internal sealed class NullOrEmptyOperator() : ShouldOperator("BeNullOrEmpty")
{
    public override IReadOnlyList<(string Name, Type Type)> Parameters => [];

    public override bool TakesAllValues => true;

    public override ShouldOutcome Check(Assertion assertion) => ShouldOutcome.Of(
        IsNullOrEmpty(Values.ToArray(assertion.Actual)),
        assertion,
        () => $"Expected $null or empty,{assertion.Because} but got {ValueText.Of(Values.Single(assertion.Actual))}.",
        () => $"Expected a value,{assertion.Because} but got $null or empty.");

    private static bool IsNullOrEmpty(object?[] values) => values switch
    {
        [] => true,
        [var single] => Values.Unwrap(single) is Hashtable pairs ? pairs.Count == 0 : Values.ToText(single).Length == 0,
        _ => false,
    };
}
