using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>Gets the sessions of this runspace, the default one first.</summary>
[Cmdlet(VerbsCommon.Get, "ImageSession")]
[OutputType(typeof(ImageSession))]
public sealed class GetImageSessionCommand : PSCmdlet
{
    /// <summary>Only the default session.</summary>
    [Parameter]
    public SwitchParameter Default { get; set; }

    protected override void ProcessRecord()
    {
        if (SessionStore.Current is not { } sessions)
            return;

        if (sessions.Default is { } @default)
            WriteObject(@default);

        if (!Default)
            WriteObject(sessions.All.Where(session => !ReferenceEquals(session, sessions.Default)), enumerateCollection: true);
    }
}
