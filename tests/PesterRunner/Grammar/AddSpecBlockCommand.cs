using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary><c>Describe</c> and <c>Context</c>: a group of tests.</summary>
[Cmdlet(VerbsCommon.Add, "SpecBlock")]
public sealed class AddSpecBlockCommand : SpecDeclarationCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Discovery.AddBlocks(Declaration());
}
