using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>BeTrue and BeFalse: what <c>if</c> would take it for.</summary>
internal sealed class TruthOperator(string name, bool expected) : ShouldOperator(name)
{
    public override IReadOnlyList<(string Name, Type Type)> Parameters => [];

    public override ShouldOutcome Check(Assertion assertion)
    {
        bool wanted = expected != assertion.Not;
        return LanguagePrimitives.IsTrue(assertion.Actual) == wanted
            ? default
            : new ShouldOutcome($"Expected {ValueText.Of(wanted)},{assertion.Because} but got {ValueText.Of(assertion.Actual)}.");
    }
}
