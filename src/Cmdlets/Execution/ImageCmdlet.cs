using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of every cmdlet that works in a session: which session, which subscription.</summary>
public abstract class ImageCmdlet : ImageCmdletBase
{
    /// <summary>The session to use instead of the runspace's default one.</summary>
    [Parameter]
    [ValidateNotNull]
    public ImageSession? Session { get; set; }

    /// <summary>The subscription to work in instead of the session's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SubscriptionId { get; set; }

    /// <summary>The session of this call.</summary>
    /// <remarks>Ends the command with NotConnected when there is none.</remarks>
    private protected ImageSession RequireSession()
    {
        ImageSession? session = Session ?? SessionStore.Default;
        if (session is null)
            ThrowTerminatingError(ErrorRecords.Of(new ImageCmdletsException(ErrorIds.NotConnected, "There is no session in this runspace.", MyInvocation.MyCommand.Name)));

        return session!;
    }
}
