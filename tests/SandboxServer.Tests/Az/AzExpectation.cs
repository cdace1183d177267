namespace ImageCmdlets.SandboxServer.Tests.Az;

/// <summary>Holds what a command did against what it was to do.</summary>
internal static class AzExpectation
{
    /// <summary>Fails the test when they differ.</summary>
    public static void Check(AzCommand command, AzScenario scenario)
    {
        AzResult result = scenario[command];
        Assert.True(command.ExitCode == result.ExitCode, $"{command.Text}\nended with {result.ExitCode}:\n{result.Error}");
        if (command.Names is { } names) Assert.Equal(names, result.Names);
        if (command.Says is { } said) Assert.Contains(said, command.ExitCode == 0 ? result.Output : result.Error, StringComparison.Ordinal);
    }
}
