using System.Management.Automation;
using ImageCmdlets.Engine.SnapshotCopying;

namespace ImageCmdlets.Commands;

/// <summary>Copies snapshots to other regions, resource groups and subscriptions; one result for each as it arrives.</summary>
[Cmdlet(VerbsCommon.Copy, "ImageSnapshot", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(SnapshotCopyResult))]
public sealed class CopyImageSnapshotCommand : CopyCmdlet<ImageSnapshot, SnapshotCopyTarget>
{
    private protected override string TargetType => ResourceTypes.Snapshot;

    private protected override string ActionName => "Copy snapshot";

    private protected override IReadOnlyList<SnapshotCopyTarget> Plan(ResourceId id, IReadOnlyDictionary<string, string>? tags) => SnapshotCopyService.Targets(new CopySnapshotOptions
    {
        SourceId = id.Text,
        Location = Location,
        TargetSubscriptionId = TargetSubscriptionId,
        TargetResourceGroupName = TargetResourceGroupName,
        TargetName = TargetName,
        Tag = tags,
    });

    private protected override (string Source, string Target, string Location) Describe(SnapshotCopyTarget copy) => (copy.SourceId, copy.Id, copy.Location);

    private protected override Task CopyAsync(ImageSession session, IReadOnlyList<SnapshotCopyTarget> copies, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        SnapshotCopyService.CopyAsync(session, copies, run, sink, cancellationToken);
}
