using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary><c>BeforeDiscovery</c>: runs at once, in the scope around it, to prepare cases for <c>-ForEach</c>.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SpecDiscovery")]
public sealed class InvokeSpecDiscoveryCommand : SpecCommand
{
    /// <summary>What to run.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Body { get; set; } = null!;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _ = Discovery;
        SessionState.InvokeCommand.InvokeScript(useLocalScope: false, Body, input: null);
    }
}
