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

        ImageSession? first = sessions.Default;

        // A copy, because what comes next in the pipeline may disconnect them one by one.
        ImageSession[] others = Default ? [] : [.. sessions.All.Where(session => !ReferenceEquals(session, first))];
        if (first is not null)
            WriteObject(first);

        WriteObject(others, enumerateCollection: true);
    }
}
