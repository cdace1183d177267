using System.Management.Automation;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Commands;

/// <summary>Makes a sandbox new: nothing in it, the clock at its start.</summary>
[Cmdlet(VerbsCommon.Reset, "ImageSandbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class ResetImageSandboxCommand : SandboxCmdlet
{
    protected override void ProcessRecord() => InSandbox(session =>
    {
        if (ShouldProcess(session.ToString(), "Reset the sandbox"))
            SandboxService.Reset(session);
    });
}
