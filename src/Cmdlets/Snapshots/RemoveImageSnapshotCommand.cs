using System.Management.Automation;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Commands;

/// <summary>Removes snapshots. Disks and images made from them stay.</summary>
[Cmdlet(VerbsCommon.Remove, "ImageSnapshot", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void), typeof(ImageOperation))]
public sealed class RemoveImageSnapshotCommand : TargetCmdlet<ImageSnapshot>
{
    private protected override string TargetType => ResourceTypes.Snapshot;

    private protected override string ActionName => "Remove snapshot";

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        RunOrStartJob((sink, token) => SnapshotService.RemoveAsync(session, ids, run, sink, token));
    }
}
