using System.Management.Automation;
using ImageCmdlets.Engine.Images;

namespace ImageCmdlets.Commands;

/// <summary>Removes managed images. Machines made from them keep running.</summary>
[Cmdlet(VerbsCommon.Remove, "CustomImage", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void), typeof(ImageOperation))]
public sealed class RemoveCustomImageCommand : TargetCmdlet<CustomImage>
{
    /// <summary>Also what machines or scale sets use: they go on, but cannot be reimaged, and scale sets make no more instances.</summary>
    [Parameter]
    public SwitchParameter AllowInUse { get; set; }

    private protected override string TargetType => ResourceTypes.Image;

    private protected override string ActionName => "Remove image";

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        RemoveImageOptions[] items = [.. ids.Select(id => new RemoveImageOptions { Id = id, AllowInUse = AllowInUse })];
        RunOrStartJob((sink, token) => ImageService.RemoveAsync(session, items, run, sink, token));
    }
}
