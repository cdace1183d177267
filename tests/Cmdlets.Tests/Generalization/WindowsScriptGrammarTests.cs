using System.Management.Automation.Language;

namespace ImageCmdlets.Cmdlets.Tests.Generalization;

/// <summary>The guest has Windows PowerShell 5.1, the tests have a newer one: what the newer grammar adds must not be used.</summary>
public sealed class WindowsScriptGrammarTests
{
    // All of them ship with Windows PowerShell 5.1.
    private static readonly HashSet<string> s_commands = new(StringComparer.OrdinalIgnoreCase)
    {
        "Join-Path", "Test-Path", "Get-ItemProperty", "Get-Content", "Remove-Item", "Get-Service", "Get-Process", "Start-Process", "Start-Sleep",
        "Get-Date", "ConvertTo-Json",
    };

    private static readonly TokenKind[] s_newTokens =
    [
        TokenKind.QuestionMark, TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals, TokenKind.QuestionDot, TokenKind.QuestionLBracket,
        TokenKind.AndAnd, TokenKind.OrOr, TokenKind.Clean,
    ];

    private readonly ScriptBlockAst _script;
    private readonly Token[] _tokens;
    private readonly ParseError[] _errors;

    public WindowsScriptGrammarTests() => _script = Parser.ParseFile(WindowsScriptRig.ScriptPath, out _tokens, out _errors);

    [Fact]
    public void ItParses() => Assert.Empty(_errors);

    [Fact]
    public void ItUsesNoNewerSyntax()
    {
        Assert.DoesNotContain(_tokens, token => s_newTokens.Contains(token.Kind));
        Assert.Empty(_script.FindAll(ast => ast is TernaryExpressionAst or PipelineChainAst, searchNestedScriptBlocks: true));
        Assert.DoesNotContain(_tokens, token => token is ParameterToken { ParameterName: "Parallel" or "AsHashtable" });
    }

    [Fact]
    public void ItCallsOnlyWhatWindowsHasOrItDefines()
    {
        HashSet<string> own = new(
            _script.FindAll(ast => ast is FunctionDefinitionAst, searchNestedScriptBlocks: true).Select(ast => ((FunctionDefinitionAst)ast).Name),
            StringComparer.OrdinalIgnoreCase);

        Assert.All(
            _script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Select(ast => ((CommandAst)ast).GetCommandName()),
            name => Assert.True(own.Contains(name) || s_commands.Contains(name), name));
    }

    [Fact]
    public void ItIsPlainAscii() => Assert.All(File.ReadAllBytes(WindowsScriptRig.ScriptPath), value => Assert.InRange(value, 1, 126));
}
