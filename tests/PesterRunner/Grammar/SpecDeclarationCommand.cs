using System.Management.Automation;
using ImageCmdlets.PesterRunner.Execution;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary>What <c>Describe</c>, <c>Context</c> and <c>It</c> take.</summary>
public abstract class SpecDeclarationCommand : SpecCommand
{
    /// <summary>The name, with <c>&lt;templates&gt;</c> for values of the data.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    /// <summary>The body. Its brace must stand on the line of the word, as everywhere in PowerShell.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public ScriptBlock? Body { get; set; }

    /// <summary>Words that select it: each is a Category of <c>dotnet test --filter</c>.</summary>
    [Parameter]
    [Alias("Tags")]
    public string[] Tag { get; set; } = [];

    /// <summary>The cases to repeat it for.</summary>
    [Parameter]
    [Alias("TestCases")]
    [AllowNull]
    [AllowEmptyCollection]
    public object[]? ForEach { get; set; }

    /// <summary>Whether it is left out, and said so.</summary>
    [Parameter]
    public SwitchParameter Skip { get; set; }

    private protected SpecDeclaration Declaration()
    {
        if (Body is null)
            throw new PSArgumentException($"No script block for '{Name}'. Is the brace on the line below?", nameof(Body));

        bool repeated = MyInvocation.BoundParameters.ContainsKey(nameof(ForEach));
        SpecData?[] cases = repeated ? [.. (ForEach ?? []).Select(value => new SpecData(value))] : [null];
        return new SpecDeclaration(Name, Body, cases, Skip, Tag, MyInvocation.ScriptLineNumber);
    }
}
