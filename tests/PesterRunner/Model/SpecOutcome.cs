namespace ImageCmdlets.PesterRunner.Model;

/// <summary>How a test ended.</summary>
public enum SpecOutcome
{
    /// <summary>Every assertion held.</summary>
    Passed,

    /// <summary>An assertion did not hold, or something was thrown, in the test or a hook that it depends on.</summary>
    Failed,

    /// <summary>It did not run, because the spec says so.</summary>
    Skipped,
}
