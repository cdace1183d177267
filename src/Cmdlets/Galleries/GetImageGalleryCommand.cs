using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Gets galleries.</summary>
[Cmdlet(VerbsCommon.Get, "ImageGallery", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(ImageGallery))]
public sealed class GetImageGalleryCommand : QueryCmdlet
{
    private protected override Task GetAsync(ImageSession session, ResourceQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        GalleryService.GetAsync(session, query, sink, cancellationToken);
}
