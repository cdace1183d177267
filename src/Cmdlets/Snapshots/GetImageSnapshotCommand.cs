using System.Management.Automation;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Commands;

/// <summary>Gets snapshots, and how much of each copy has arrived.</summary>
[Cmdlet(VerbsCommon.Get, "ImageSnapshot", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(ImageSnapshot))]
public sealed class GetImageSnapshotCommand : QueryCmdlet
{
    private protected override Task GetAsync(ImageSession session, ResourceQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        SnapshotService.GetAsync(session, query, sink, cancellationToken);
}
