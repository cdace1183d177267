using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of commands that look into a sandbox instead of asking Azure.</summary>
public abstract class SandboxCmdlet : PSCmdlet
{
    /// <summary>The sandbox session to use instead of the runspace's default one.</summary>
    [Parameter(ValueFromPipeline = true)]
    public ImageSession? Session { get; set; }

    /// <summary>Does something with the session; there must be one, and it must be a sandbox.</summary>
    private protected void InSandbox(Action<ImageSession> action)
    {
        ImageSession? session = Session ?? SessionStore.Default;
        try
        {
            action(session ?? throw new ImageCmdletsException(ErrorIds.NotConnected, "There is no session in this runspace.", MyInvocation.MyCommand.Name,
                "Run Connect-ImageSession -Sandbox first, or pass -Session."));
        }
        catch (ImageCmdletsException exception)
        {
            ThrowTerminatingError(ErrorRecords.Of(exception));
        }
    }
}
