using System.Management.Automation.Language;

namespace ImageCmdlets.Cmdlets.Tests.Generalization;

/// <summary>The guest has Windows PowerShell 5.1, the tests have a newer one: what the newer grammar adds must not be used.</summary>
public sealed class WindowsScriptGrammarTests
{
    // All of them ship with Windows PowerShell 5.1.
    private static readonly HashSet<string> s_commands = new(StringComparer.OrdinalIgnoreCase)
    {
        "Join-Path", "Test-Path", "Get-ItemProperty", "Get-Content", "Remove-Item", "Get-Service", "Get-Process", "Start-Process", "Start-Sleep",
        "Get-Date", "ConvertTo-Json", "Get-Command", "Get-ChildItem", "Split-Path", "Where-Object", "ForEach-Object", "Get-CimInstance", "Set-ItemProperty",
        "Set-Service", "Move-Item", "Get-AppxPackage", "Get-AppxProvisionedPackage", "Remove-AppxPackage", "Get-BitLockerVolume", "Get-WindowsFeature",
        "Copy-Item", "Get-Item", "New-Object",
    };

    private static readonly TokenKind[] s_newTokens =
    [
        TokenKind.QuestionMark, TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals, TokenKind.QuestionDot, TokenKind.QuestionLBracket,
        TokenKind.AndAnd, TokenKind.OrOr, TokenKind.Clean,
    ];

    /// <summary>Every script of the engine for Windows, by its place among the engine's files.</summary>
    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(s_engine, "*.ps1", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(s_engine, path).Replace('\\', '/'))
        .Where(path => !path.StartsWith("bin/", StringComparison.Ordinal) && !path.StartsWith("obj/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    private static readonly string s_engine = Path.Combine(BuiltModule.RepositoryRoot, "src", "Engine");

    [Fact]
    public void TheyAreFound() => Assert.Superset(
        new HashSet<string> { "Generalization/Scripts/windows-generalize.ps1", "Readiness/Scripts/windows-readiness.ps1", "Readiness/Scripts/Fixes/Windows.AppxPackage.ps1" },
        new HashSet<string>(Scripts.Select(row => row.Data)));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void ItParsesAndUsesNoNewerSyntax(string script)
    {
        ScriptBlockAst parsed = Parser.ParseFile(Path.Combine(s_engine, script), out Token[] tokens, out ParseError[] errors);

        Assert.Empty(errors);
        Assert.DoesNotContain(tokens, token => s_newTokens.Contains(token.Kind));
        Assert.Empty(parsed.FindAll(ast => ast is TernaryExpressionAst or PipelineChainAst, searchNestedScriptBlocks: true));
        Assert.DoesNotContain(tokens, token => token is ParameterToken { ParameterName: "Parallel" or "AsHashtable" });
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void ItCallsOnlyWhatWindowsHasOrItDefines(string script)
    {
        ScriptBlockAst parsed = Parser.ParseFile(Path.Combine(s_engine, script), out _, out _);
        HashSet<string> own = new(
            parsed.FindAll(ast => ast is FunctionDefinitionAst, searchNestedScriptBlocks: true).Select(ast => ((FunctionDefinitionAst)ast).Name),
            StringComparer.OrdinalIgnoreCase);

        // What is called by & $block is a block of the script's own.
        Assert.All(
            parsed.FindAll(ast => ast is CommandAst { InvocationOperator: not TokenKind.Ampersand }, searchNestedScriptBlocks: true).Select(ast => ((CommandAst)ast).GetCommandName()),
            name => Assert.True(own.Contains(name) || s_commands.Contains(name), name));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void ItIsPlainAscii(string script) => Assert.All(File.ReadAllBytes(Path.Combine(s_engine, script)), value => Assert.InRange(value, 1, 126));
}
