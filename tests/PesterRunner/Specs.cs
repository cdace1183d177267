using ImageCmdlets.PesterRunner.Discovery;
using ImageCmdlets.PesterRunner.Execution;
using ImageCmdlets.PesterRunner.Reporting;

namespace ImageCmdlets.PesterRunner;

/// <summary>The behaviour specs of the module, each <c>It</c> a test.</summary>
public sealed class Specs
{
    /// <summary>Passes when the test of a spec file passed in the run of that file.</summary>
    [Specs("tests/Pester")]
    public void It(string file, string id) => SpecReport.Show(SpecRuns.ResultOf(file, id));
}
