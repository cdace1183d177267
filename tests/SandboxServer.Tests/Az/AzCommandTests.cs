namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>The real az against the server, command by command.</summary>
[Trait("Category", "AzClient")]
public sealed class AzCommandTests(ListedScenario scenario) : IClassFixture<ListedScenario>
{
    public static TheoryData<string> Commands => [.. ListedCommands.All.Select(static command => command.Text)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_does_what_it_does_with_Azure(string text)
    {
        Assert.SkipWhen(AzClient.WhyNot is not null, AzClient.WhyNot ?? string.Empty);
        AzExpectation.Check(ListedCommands.All.Single(command => command.Text == text), scenario);
    }
}
