using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>BeOfType: of the type or of one derived from it.</summary>
internal sealed class TypeOperator() : ShouldOperator("BeOfType", "HaveType")
{
    private const string ExpectedType = "ExpectedType";

    public override IReadOnlyList<(string Name, Type Type)> Parameters { get; } = [(ExpectedType, typeof(object))];

    public override ShouldOutcome Check(Assertion assertion)
    {
        Type type = Resolve(Values.Unwrap(assertion.Parameter(ExpectedType)));
        object? actual = Values.Unwrap(assertion.Actual);
        string expected = ValueText.Of(type);
        string found = $"but got {ValueText.Of(actual)} with type {ValueText.Of(actual?.GetType())}.";
        return ShouldOutcome.Of(
            type.IsInstanceOfType(actual),
            assertion,
            () => $"Expected the value to have type {expected} or any of its subtypes,{assertion.Because} {found}",
            () => $"Expected the value to not have type {expected} or any of its subtypes,{assertion.Because} {found}");
    }

    private static Type Resolve(object? expected)
    {
        if (expected is Type type)
            return type;

        string name = Values.ToText(expected).Trim('[', ']');
        return LanguagePrimitives.TryConvertTo(name, out Type? named) && named is not null
            ? named
            : throw new ArgumentException(
                $"Could not find type [{name}]. Make sure that the assembly that contains that type is loaded.");
    }
}
