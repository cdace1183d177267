namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>Commands of az that nothing here was written for.</summary>
[Trait("Category", "AzClient")]
public sealed class OtherCommandTests(OtherScenario scenario) : IClassFixture<OtherScenario>
{
    public static TheoryData<string> Commands => [.. OtherCommands.All.Select(static command => command.Text)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_does_what_it_does_with_Azure(string text)
    {
        Assert.SkipWhen(AzClient.WhyNot is not null, AzClient.WhyNot ?? string.Empty);
        AzExpectation.Check(OtherCommands.All.Single(command => command.Text == text), scenario);
    }
}
