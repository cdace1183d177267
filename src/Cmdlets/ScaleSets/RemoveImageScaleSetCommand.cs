using System.Management.Automation;
using ImageCmdlets.Engine.ScaleSets;

namespace ImageCmdlets.Commands;

/// <summary>Removes scale sets with their machines, and what New-ImageScaleSet made for them.</summary>
[Cmdlet(VerbsCommon.Remove, "ImageScaleSet", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void), typeof(ImageOperation))]
public sealed class RemoveImageScaleSetCommand : TargetCmdlet<ImageScaleSet>
{
    /// <summary>Remove the resource group too, if New-ImageScaleSet made it and nothing is left in it.</summary>
    [Parameter]
    public SwitchParameter RemoveResourceGroup { get; set; }

    private protected override string TargetType => ResourceTypes.ScaleSet;

    private protected override string ActionName => "Remove scale set, all its machines and their disks, and the network that was made for it"
        + (RemoveResourceGroup ? ", and the resource group if New-ImageScaleSet made it and it is empty then" : string.Empty);

    // A group goes when it is empty, which nobody waits for here.
    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
        [ArgumentCheck.NotWith(NoWait && RemoveResourceGroup, nameof(NoWait), nameof(RemoveResourceGroup))];

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        bool removeGroup = RemoveResourceGroup;
        RunOrStartJob((sink, token) => ScaleSetService.RemoveAsync(session, ids, removeGroup, run, sink, token));
    }
}
