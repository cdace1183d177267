using System.Management.Automation;
using ImageCmdlets.PesterRunner.Execution;

namespace ImageCmdlets.PesterRunner.Grammar;

/// <summary>A word that says what there is to run: it may stand only where discovery comes by.</summary>
public abstract class SpecCommand : PSCmdlet
{
    /// <summary>The discovery that runs the file.</summary>
    /// <exception cref="InvalidOperationException">A test or hook of the run says the word.</exception>
    private protected SpecDiscovery Discovery =>
        SessionState.PSVariable.GetValue(SpecDiscovery.Variable) as SpecDiscovery
        ?? throw new InvalidOperationException(
            $"{MyInvocation.InvocationName} can be used in a file, Describe or Context, not in a test or hook.");
}
