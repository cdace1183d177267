namespace ImageCmdlets.Tests.Specification;

/// <summary>One place where a request or an answer is not what the specification says.</summary>
/// <param name="Operation">Operation and version.</param>
/// <param name="Part">Part of the exchange: <c>query</c>, <c>request</c>, <c>answer 200</c>.</param>
/// <param name="Pointer">The place in the body, with <c>*</c> for the number of an item; a parameter's name for a query.</param>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Detail">What is there instead.</param>
public sealed record Violation(string Operation, string Part, string Pointer, string Rule, string Detail)
{
    /// <summary>The same for every exchange that breaks the same rule at the same place.</summary>
    public string Key => $"{Operation} {Part} {Pointer} {Rule}";

    /// <inheritdoc />
    public override string ToString() => $"{Operation}, {Part}, {(Pointer.Length == 0 ? "/" : Pointer)}: {Rule}: {Detail}";
}
