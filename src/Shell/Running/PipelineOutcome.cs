namespace ImageCmdlets.Shell.Running;

/// <summary>How a pipeline ended.</summary>
public enum PipelineOutcome
{
    /// <summary>It ran to its end, or to an <c>exit</c>; it may have written errors.</summary>
    Completed,

    /// <summary>A terminating error ended it, which has been shown.</summary>
    Failed,

    /// <summary>The user stopped it.</summary>
    Stopped,
}
