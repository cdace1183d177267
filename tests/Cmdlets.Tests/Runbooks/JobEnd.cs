namespace ImageCmdlets.Cmdlets.Tests.Runbooks;

/// <summary>How a job is ended from outside.</summary>
public enum JobEnd
{
    /// <summary>Azure Automation stops it, as after three hours: the pipeline is stopped once a call has been answered.</summary>
    Stopped,

    /// <summary>Its worker is lost: from a call on nothing passes to Azure any more.</summary>
    Lost,
}
