using System.Management.Automation;
using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Commands;

/// <summary>Gets what this module has under way or was interrupted at, seen from Azure, with the command that goes on with it.</summary>
[Cmdlet(VerbsCommon.Get, "ImageOperation")]
[OutputType(typeof(ImageOperation))]
public sealed class GetImageOperationCommand : OperationQueryCmdlet
{
    private protected override Task AskAsync(ImageSession session, ImageOperationQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        TrackingService.GetAsync(session, query, sink, cancellationToken);
}
