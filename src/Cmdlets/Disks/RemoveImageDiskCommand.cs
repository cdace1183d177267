using System.Management.Automation;
using ImageCmdlets.Engine.Disks;

namespace ImageCmdlets.Commands;

/// <summary>Removes managed disks, such as those that Restore-ImageSnapshot made. Attached ones are refused.</summary>
[Cmdlet(VerbsCommon.Remove, "ImageDisk", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void), typeof(ImageOperation))]
public sealed class RemoveImageDiskCommand : TargetCmdlet<ManagedDisk>
{
    private protected override string TargetType => ResourceTypes.Disk;

    private protected override string ActionName => "Remove disk";

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        RunOrStartJob((sink, token) => DiskService.RemoveAsync(session, ids, run, sink, token));
    }
}
