using System.Management.Automation;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Commands;

/// <summary>Starts virtual machines.</summary>
[Cmdlet(VerbsLifecycle.Start, "ImageVM", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageVM), typeof(ImageOperation))]
public sealed class StartImageVMCommand : TargetCmdlet<ImageVM>
{
    private protected override string TargetType => ResourceTypes.VirtualMachine;

    private protected override string ActionName => "Start virtual machine";

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        RunOrStartJob((sink, token) => VMService.ChangePowerAsync(session, ids, VMPowerAction.Start, run, sink, token));
    }
}
