using System.Management.Automation;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary><c>It</c>: a test.</summary>
[Cmdlet(VerbsCommon.Add, "SpecTest")]
public sealed class AddSpecTestCommand : SpecDeclarationCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Discovery.AddTests(Declaration());
}
