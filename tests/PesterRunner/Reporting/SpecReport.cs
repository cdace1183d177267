using ImageCmdlets.PesterRunner.Model;

namespace ImageCmdlets.PesterRunner.Reporting;

/// <summary>Hands the result of a spec to xUnit.</summary>
internal static class SpecReport
{
    /// <summary>Returns for a test that passed.</summary>
    /// <exception cref="SpecFailedException">It failed.</exception>
    public static void Show(SpecResult result)
    {
        if (result.Output.Length > 0)
            TestContext.Current.TestOutputHelper?.Write(result.Output);

        Assert.SkipWhen(result.Outcome == SpecOutcome.Skipped, "The spec skipped it.");
        if (result.Outcome == SpecOutcome.Failed)
            throw new SpecFailedException(result.Errors);
    }
}
