using System.Management.Automation;
using ImageCmdlets.Engine.Images;

namespace ImageCmdlets.Commands;

/// <summary>Gets managed images, and with <c>-IncludeGallery</c> the image versions of galleries with them.</summary>
[Cmdlet(VerbsCommon.Get, "CustomImage", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(CustomImage), typeof(ImageVersion))]
public sealed class GetCustomImageCommand : QueryCmdlet
{
    private const string ViewName = "ImageCmdlets.AnyImage";

    /// <summary>Image versions too: -Name is then the name of a managed image or of an image definition, and -ResourceId may be that of a gallery or of something in one.</summary>
    [Parameter]
    public SwitchParameter IncludeGallery { get; set; }

    private protected override Task GetAsync(ImageSession session, ResourceQuery query, IOperationSink sink, CancellationToken cancellationToken) => IncludeGallery
        ? ImageService.GetAllAsync(session, query, new ViewSink(sink, ViewName), cancellationToken)
        : ImageService.GetAsync(session, query, sink, cancellationToken);
}
