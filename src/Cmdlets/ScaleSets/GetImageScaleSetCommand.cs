using System.Management.Automation;
using ImageCmdlets.Engine.ScaleSets;

namespace ImageCmdlets.Commands;

/// <summary>Gets scale sets: what their models name, and what their instances run.</summary>
[Cmdlet(VerbsCommon.Get, "ImageScaleSet", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(ImageScaleSet))]
public sealed class GetImageScaleSetCommand : QueryCmdlet
{
    /// <summary>Read the instances too: what each runs, whether it has the latest model, its power state and health.</summary>
    [Parameter]
    public SwitchParameter IncludeInstance { get; set; }

    private protected override Task GetAsync(ImageSession session, ResourceQuery query, IOperationSink sink, CancellationToken cancellationToken) =>
        ScaleSetService.GetAsync(session, query, IncludeInstance, sink, cancellationToken);
}
