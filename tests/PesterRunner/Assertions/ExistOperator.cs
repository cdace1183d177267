namespace ImageCmdlets.PesterRunner.Assertions;

/// <summary>Exist: there is something at the path.</summary>
internal sealed class ExistOperator() : ShouldOperator("Exist")
{
    public override IReadOnlyList<(string Name, Type Type)> Parameters => [];

    public override ShouldOutcome Check(Assertion assertion)
    {
        string subject = $"Expected path {ValueText.Of(assertion.Actual)}";
        return ShouldOutcome.Of(
            assertion.Session.InvokeProvider.Item.Exists(Values.ToText(assertion.Actual)),
            assertion,
            () => $"{subject} to exist,{assertion.Because} but it did not exist.",
            () => $"{subject} to not exist,{assertion.Because} but it did exist.");
    }
}
