using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>Builds every ErrorRecord of this module.</summary>
internal static class ErrorRecords
{
    // After these, the next item of the pipeline cannot fare better.
    private static readonly HashSet<string> s_terminating = new(StringComparer.Ordinal)
    {
        ErrorIds.NotConnected,
        ErrorIds.AuthenticationFailed,
        ErrorIds.SubscriptionNotFound,
        ErrorIds.SandboxRequired,
        ErrorIds.InvalidEndpoint,
        ErrorIds.SandboxStateInUse,
        ErrorIds.InvalidSandboxState,
    };

    /// <summary>Whether the error ends the command instead of the item.</summary>
    public static bool IsTerminating(ImageCmdletsException exception) => s_terminating.Contains(exception.ErrorId);

    public static ErrorRecord Of(ImageCmdletsException exception)
    {
        var category = (ErrorCategory)Enum.Parse(typeof(ErrorCategory), exception.Category.ToString());
        return new ErrorRecord(exception, exception.ErrorId, category, exception.Target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = exception.RecommendedAction },
        };
    }
}
