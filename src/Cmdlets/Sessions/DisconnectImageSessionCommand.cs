using System.Management.Automation;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Commands;

/// <summary>Ends sessions: their tokens and connections are dropped.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "ImageSession", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class DisconnectImageSessionCommand : PSCmdlet
{
    private ImageSession? _before;

    /// <summary>The session to end; the default one when none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ImageSession? Session { get; set; }

    protected override void BeginProcessing() => _before = SessionStore.Default;

    protected override void ProcessRecord()
    {
        if ((Session ?? SessionStore.Default) is not { } session || !ShouldProcess(session.ToString(), "Disconnect"))
            return;

        SessionService.Disconnect(session);
        SessionStore.Current?.Remove(session);
    }

    // What the next command without -Session works on has changed, which nobody should find out by its effects.
    protected override void EndProcessing()
    {
        if (SessionStore.Default is { } now && !ReferenceEquals(now, _before))
            WriteWarning($"The default session is '{now}' again.");
    }
}
