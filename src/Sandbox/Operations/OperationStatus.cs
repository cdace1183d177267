namespace ImageCmdlets.Sandbox.Operations;

/// <summary>State of an operation; the only words that Compute was ever recorded to say.</summary>
internal enum OperationStatus
{
    InProgress,
    Succeeded,
    Failed,
}
