using System.Management.Automation;
using ImageCmdlets.Engine.Images;

namespace ImageCmdlets.Commands;

/// <summary>Gets managed images.</summary>
[Cmdlet(VerbsCommon.Get, "CustomImage", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(CustomImage))]
public sealed class GetCustomImageCommand : QueryCmdlet
{
    private protected override Task GetAsync(ImageSession session, ResourceQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        ImageService.GetAsync(session, query, sink, cancellationToken);
}
