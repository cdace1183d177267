using ImageCmdlets.Shell.CommandLine;

namespace ImageCmdlets.Shell.Tests.CommandLine;

/// <summary>The first word of the command line decides what is run.</summary>
public sealed class ShellArgumentsTests
{
    [Fact]
    public void NothingMeansAPrompt() =>
        Assert.Equal((null, null, null), Parts(ShellArguments.Parse([])));

    [Theory]
    [InlineData("-File")]
    [InlineData("-f")]
    [InlineData(null)]
    public void AScriptTakesTheRestAsItsArguments(string? option)
    {
        ShellArguments arguments = ShellArguments.Parse([.. option is null ? [] : new[] { option }, "a.ps1", "-Name", "-Command"]);

        Assert.Equal("a.ps1", arguments.ScriptPath);
        Assert.Equal(["-Name", "-Command"], arguments.ScriptArguments);
    }

    [Fact]
    public void ACommandIsTheRestOfTheLine() =>
        Assert.Equal("1 + 1", ShellArguments.Parse(["-Command", "1", "+", "1"]).Command);

    [Theory]
    [InlineData("-Command")]
    [InlineData("-File")]
    [InlineData("-NoSuchOption")]
    public void WhatCannotBeFollowedIsAnError(string option) => Assert.NotNull(ShellArguments.Parse([option]).Error);

    private static (string?, string?, string?) Parts(ShellArguments arguments) =>
        (arguments.ScriptPath, arguments.Command, arguments.Error);
}
