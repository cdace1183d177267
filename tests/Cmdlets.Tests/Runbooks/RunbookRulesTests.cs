using System.Management.Automation;
using System.Management.Automation.Language;

namespace ImageCmdlets.Cmdlets.Tests.Runbooks;

/// <summary>What holds for every runbook: what Azure Automation can pass and show, and the rules of PSScriptAnalyzer that can be told from the syntax.</summary>
public sealed class RunbookRulesTests
{
    private static readonly HashSet<string> s_interactive = new(StringComparer.OrdinalIgnoreCase)
    {
        "Read-Host", "Get-Credential", "Write-Host", "Out-Host", "Out-GridView", "Write-Progress", "Invoke-Expression",
    };

    public static TheoryData<string> Runbooks => [.. Directory.GetFiles(Path.GetDirectoryName(RunbookScene.PathOf("any"))!, "*.ps1").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Runbooks))]
    public void EveryParameterIsExplainedAndOfAKindThatAutomationPasses(string runbook)
    {
        ScriptBlockAst script = Parse(runbook);
        CommentHelpInfo help = script.GetHelpContent();

        Assert.NotNull(help.Synopsis);
        Assert.NotEmpty(help.Examples);
        Assert.NotNull(help.Notes);
        Assert.Equal(script.ParamBlock.Parameters.Select(NameOf).Order(StringComparer.OrdinalIgnoreCase), help.Parameters.Keys.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        Assert.All(script.ParamBlock.Parameters, parameter => Assert.Contains(parameter.StaticType, (Type[])[typeof(string), typeof(string[]), typeof(int), typeof(bool)]));
    }

    [Theory]
    [MemberData(nameof(Runbooks))]
    public void ItStopsAtErrorsShowsNoProgressAndSaysWhatItGives(string runbook)
    {
        ScriptBlockAst script = Parse(runbook);
        string[] statements = [.. script.EndBlock.Statements.Take(2).Select(statement => statement.Extent.Text)];

        Assert.Equal(["$ErrorActionPreference = 'Stop'", "$ProgressPreference = 'SilentlyContinue'"], statements);
        Assert.Equal(["CmdletBinding", "OutputType"], script.ParamBlock.Attributes.Select(attribute => attribute.TypeName.Name));
    }

    [Theory]
    [MemberData(nameof(Runbooks))]
    public void ItAsksNobodyAndNamesCommandsAndParametersInFull(string runbook)
    {
        ScriptBlockAst script = Parse(runbook);
        string[] own = [.. script.FindAll(ast => ast is FunctionDefinitionAst, true).Cast<FunctionDefinitionAst>().Select(function => function.Name)];

        Assert.All(own.Append(runbook), name => Assert.True(IsApproved(name.Split('-')[0]), name));
        foreach (CommandAst command in script.FindAll(ast => ast is CommandAst, true).Cast<CommandAst>())
        {
            string name = command.GetCommandName();
            Assert.False(s_interactive.Contains(name), command.Extent.Text);
            Assert.True(name.Contains('-', StringComparison.Ordinal), $"An alias: {command.Extent.Text}");

            // Where-Object and ForEach-Object are written as everybody writes them.
            if (name is "Where-Object" or "ForEach-Object")
                continue;
            for (int i = 1; i < command.CommandElements.Count; i++)
            {
                Assert.True(command.CommandElements[i] is CommandParameterAst or VariableExpressionAst { Splatted: true } || command.CommandElements[i - 1] is CommandParameterAst { Argument: null },
                    $"Not by name: {command.Extent.Text}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Runbooks))]
    public void WhatDestroysIsForced(string runbook) =>
        Assert.All(
            Parse(runbook).FindAll(ast => ast is CommandAst, true).Cast<CommandAst>().Where(command => command.GetCommandName().Split('-')[0] is "Remove" or "Invoke" or "Undo" or "Update" or "Stop"
                && command.GetCommandName() != "Remove-Builder"),
            command => Assert.Contains(command.CommandElements, element => element is CommandParameterAst { ParameterName: "Force" }));

    private static string NameOf(ParameterAst parameter) => parameter.Name.VariablePath.UserPath;

    private static ScriptBlockAst Parse(string runbook)
    {
        ScriptBlockAst script = Parser.ParseFile(RunbookScene.PathOf(runbook), out _, out ParseError[] errors);
        Assert.Empty(errors);
        return script;
    }

    private static bool IsApproved(string verb) => typeof(Cmdlet).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == "System.Management.Automation" && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
        .Any(type => type.GetField(verb) is not null);
}
