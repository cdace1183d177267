using ImageCmdlets.PesterRunner.Execution;
using ImageCmdlets.PesterRunner.Reporting;

[assembly: AssemblyFixture(typeof(SpecSummary))]

namespace ImageCmdlets.PesterRunner.Reporting;

/// <summary>Says at the end of the run how many specs there were, apart from the runner's own tests.</summary>
public sealed class SpecSummary : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        (int specs, int files) = SpecRuns.Counts;
        TestContext.Current.SendDiagnosticMessage($"{specs} specs of {files} files ran");
    }
}
