using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>Turns the engine's progress into PowerShell's.</summary>
internal static class OperationProgressExtensions
{
    public static ProgressRecord ToRecord(this OperationProgress progress) =>
        new(progress.ActivityId, progress.Activity, string.IsNullOrEmpty(progress.Status) ? " " : progress.Status)
        {
            ParentActivityId = progress.ParentActivityId,
            PercentComplete = progress.PercentComplete,
            SecondsRemaining = progress.SecondsRemaining,
            RecordType = progress.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
}
