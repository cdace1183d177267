namespace ImageCmdlets;

/// <summary>Where a workflow of Engine sends what it makes and what it says. The pipeline and a job are two of them.</summary>
public interface IOperationSink
{
    /// <summary>Hands one object on; completes when the consumer has taken it, so that a slow consumer slows the producer.</summary>
    Task WriteAsync(object item, CancellationToken cancellationToken);

    /// <summary>Reports the failure of one item; the workflow goes on with the next.</summary>
    Task ErrorAsync(ImageCmdletsException error, CancellationToken cancellationToken);

    /// <summary>A deprecation, an overwritten default, something left behind.</summary>
    void Warning(string message);

    /// <summary>What is being done and why; one line for each ARM call.</summary>
    void Verbose(string message);

    /// <summary>Bodies, redacted.</summary>
    void Debug(string message);

    /// <summary>How far one operation is.</summary>
    void Progress(OperationProgress progress);
}
