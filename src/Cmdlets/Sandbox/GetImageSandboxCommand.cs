using System.Management.Automation;
using ImageCmdlets.Engine.Sessions;

namespace ImageCmdlets.Commands;

/// <summary>Gets what is in the sandbox, what was asked of it, and its simulated time.</summary>
[Cmdlet(VerbsCommon.Get, "ImageSandbox")]
[OutputType(typeof(ImageSandboxState))]
public sealed class GetImageSandboxCommand : SandboxCmdlet
{
    protected override void ProcessRecord() => InSandbox(session => WriteObject(SandboxService.Read(session)));
}
