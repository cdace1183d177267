using System.Diagnostics;

namespace ImageCmdlets.Shell.Tests.Running;

/// <summary>What a user of the shell sees, and what its caller gets.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly string _script = Path.Combine(Path.GetTempPath(), $"shell-{Guid.NewGuid():N}.ps1");

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_script);

    [Fact]
    public async Task AScriptGetsItsArgumentsItsPlaceAndTheModule()
    {
        ShellResult result = await RunScriptAsync(
            """
            param([string] $Name, [switch] $Flag)
            "$Name|$Flag|$($args -join ',')|$($PSCommandPath -eq $MyInvocation.ScriptName -or $PSCommandPath.EndsWith('.ps1'))"
            (Get-Module ImageCmdlets).Name
            "é€漢"
            """,
            "-Name", "o'b $x", "-Flag:$false", "rest");

        Assert.Equal(new ShellResult(0, "o'b $x|False|rest|True\nImageCmdlets\né€漢\n", ""), result);
    }

    [Fact]
    public async Task ExitGivesItsCode() => Assert.Equal(7, (await RunScriptAsync("'before'; exit 7; 'after'")).ExitCode);

    [Fact]
    public async Task ATerminatingErrorIsShownWithItsPlaceAndIdAndFails()
    {
        ShellResult result = await RunScriptAsync("1\nGet-Command NoSuchThing -ErrorAction Stop\n2");

        Assert.Equal((1, "1\n"), (result.ExitCode, result.Output));
        Assert.Contains($"Get-Command: {_script}:2\nLine |\n   2 |  Get-Command NoSuchThing", result.Error, StringComparison.Ordinal);
        Assert.Contains("ErrorId: CommandNotFoundException,Microsoft.PowerShell.Commands.GetCommandCommand", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAdvancedScriptStillTellsTheLineThatEndedIt()
    {
        ShellResult result = await RunScriptAsync("[CmdletBinding()] param()\n$ErrorActionPreference = 'Stop'\nGet-NoSuchThing");

        Assert.StartsWith($"{_script}:3: The term 'Get-NoSuchThing' is not recognized", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AScriptThatDoesNotParseFailsAndDoesNothing()
    {
        ShellResult result = await RunScriptAsync("'before'\nif (");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("ErrorId: IfStatementMissingCondition", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AScriptThatIsNotThereFails()
    {
        ShellResult result = await ShellProcess.RunAsync("", "no-such.ps1");

        Assert.Equal(new ShellResult(1, "", "The script 'no-such.ps1' does not exist.\n"), result);
    }

    [Theory]
    [InlineData("Get-Command NoSuchThing", 1)]
    [InlineData("Get-Command NoSuchThing; 1", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("exit 3", 3)]
    public async Task ACommandEndsWithTheCodeThatPwshGives(string command, int expected) =>
        Assert.Equal(expected, (await ShellProcess.RunAsync("", "-Command", command)).ExitCode);

    [Fact]
    public async Task ObjectsAreShownByTheViewsAsPlainText()
    {
        ShellResult result = await ShellProcess.RunAsync("", "-Command", "[pscustomobject]@{ Name = 'a'; Size = 1 }");

        Assert.Equal("\nName Size\n---- ----\na       1\n\n", result.Output);
    }

    [Fact]
    public async Task MessagesAndProgressGoWhereTheyBelong()
    {
        ShellResult result = await ShellProcess.RunAsync("", "-Command", """
            $Host.UI.WriteWarningLine('careful')
            $Host.UI.WriteVerboseLine('more')
            $Host.UI.WriteProgress(1, [System.Management.Automation.ProgressRecord]::new(1, 'Copy', 'half') )
            """);

        Assert.Equal(new ShellResult(0, "WARNING: careful\nVERBOSE: more\n", "Copy: half\n"), result);
    }

    [Fact]
    public async Task QuestionsAreAnsweredFromTheInput()
    {
        const string question = """
            $choices = [System.Management.Automation.Host.ChoiceDescription[]]('&Yes', '&No')
            "chose $($Host.UI.PromptForChoice('Remove', 'Really?', $choices, 0))"
            """;

        Assert.EndsWith(": chose 1\n", (await ShellProcess.RunAsync("n\n", "-Command", question)).Output, StringComparison.Ordinal);
        Assert.EndsWith(": chose 0\n", (await ShellProcess.RunAsync("\n", "-Command", question)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoAnswerIsNotTheDefault()
    {
        const string question = """
            $ErrorActionPreference = 'Stop'
            $choices = [System.Management.Automation.Host.ChoiceDescription[]]('&Yes', '&No')
            "chose $($Host.UI.PromptForChoice('Remove', 'Really?', $choices, 0))"
            """;

        ShellResult result = await ShellProcess.RunAsync("", "-Command", question);

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("chose", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandsAreTakenFromAPipeToItsEndOrToExit()
    {
        ShellResult result = await ShellProcess.RunAsync("$x = 1 +\n1\n\"x is $x\"\nthrow 'x'\n'still here'\nexit 4\n'not here'\n");

        Assert.Equal((4, "x is 2\nstill here\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task CtrlCStopsTheScript()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A process cannot be sent Ctrl-C alone there.");
        await File.WriteAllTextAsync(
            _script, "'started'; try { while ($true) { } } finally { $Host.UI.WriteLine('cleaned') }", TestContext.Current.CancellationToken);
        using Process process = ShellProcess.Start(_script);
        Assert.Equal("started", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        using Process signal = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await ShellProcess.EndAsync(process);

        Assert.Equal("cleaned", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal(130, process.ExitCode);
    }

    private async Task<ShellResult> RunScriptAsync(string script, params string[] arguments)
    {
        await File.WriteAllTextAsync(_script, script, TestContext.Current.CancellationToken);
        return await ShellProcess.RunAsync("", [_script, .. arguments]);
    }
}
