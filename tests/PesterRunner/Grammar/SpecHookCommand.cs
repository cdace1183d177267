using System.Management.Automation;
using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary>What runs around the tests of a block.</summary>
public abstract class SpecHookCommand(SpecHook hook) : SpecCommand
{
    /// <summary>What to run.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Body { get; set; } = null!;

    /// <inheritdoc/>
    protected override void EndProcessing() => Discovery.AddHook(hook, Body);
}
