using System.Management.Automation;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Commands;

/// <summary>Stops virtual machines and releases their hardware.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ImageVM", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageVM), typeof(ImageOperation))]
public sealed class StopImageVMCommand : TargetCmdlet<ImageVM>
{
    /// <summary>Shut down and keep the hardware, which goes on costing.</summary>
    [Parameter]
    public SwitchParameter StayProvisioned { get; set; }

    private protected override string TargetType => ResourceTypes.VirtualMachine;

    private protected override string ActionName => StayProvisioned ? "Shut down virtual machine" : "Stop and deallocate virtual machine";

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        VMPowerAction action = StayProvisioned ? VMPowerAction.PowerOff : VMPowerAction.Deallocate;
        RunOrStartJob((sink, token) => VMService.ChangePowerAsync(session, ids, action, run, sink, token));
    }
}
