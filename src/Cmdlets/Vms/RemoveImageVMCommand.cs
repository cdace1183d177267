using System.Management.Automation;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Commands;

/// <summary>Removes virtual machines and what New-ImageVM made for them.</summary>
[Cmdlet(VerbsCommon.Remove, "ImageVM", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void), typeof(ImageOperation))]
public sealed class RemoveImageVMCommand : TargetCmdlet<ImageVM>
{
    /// <summary>Leave the disks.</summary>
    [Parameter]
    public SwitchParameter KeepDisk { get; set; }

    /// <summary>Leave the network interface, public address, security group and virtual network.</summary>
    [Parameter]
    public SwitchParameter KeepNetwork { get; set; }

    /// <summary>Remove the resource group too, if New-ImageVM made it and nothing is left in it.</summary>
    [Parameter]
    public SwitchParameter RemoveResourceGroup { get; set; }

    private protected override string TargetType => ResourceTypes.VirtualMachine;

    private protected override string ActionName => KeepDisk ? "Remove virtual machine and keep its disks" : "Remove virtual machine and its disks";

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        RemoveVMOptions[] targets = [.. ids.Select(id => new RemoveVMOptions
        {
            Id = id,
            KeepDisk = KeepDisk,
            KeepNetwork = KeepNetwork,
            RemoveResourceGroup = RemoveResourceGroup,
        })];
        RunOrStartJob((sink, token) => VMService.RemoveAsync(session, targets, run, sink, token));
    }
}
