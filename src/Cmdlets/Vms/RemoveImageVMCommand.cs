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

    private protected override string ActionName => "Remove virtual machine, " + (KeepDisk ? "keep its disks, " : "its disks, ")
        + (KeepNetwork ? "keep its network" : "the network that was made for it")
        + (RemoveResourceGroup ? ", and the resource group if New-ImageVM made it and it is empty then" : string.Empty);

    // A group goes when it is empty, which nobody waits for here.
    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        NoWait && RemoveResourceGroup
            ? new ImageCmdletsException(ErrorIds.InvalidArgument, "The resource group can be removed only when the machine is gone, which -NoWait does not wait for.",
                nameof(RemoveResourceGroup), "Leave -NoWait out, and pass -AsJob to have it done in the background.")
            : null,
    ];

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        if (NoWait && !KeepNetwork)
            WriteWarning("With -NoWait the security group and the virtual network stay. Run the command again without it when the machine is gone to remove them.");

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
