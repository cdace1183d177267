using System.Management.Automation;
using ImageCmdlets.Engine.Images;

namespace ImageCmdlets.Commands;

/// <summary>Removes managed images. Machines made from them keep running.</summary>
[Cmdlet(VerbsCommon.Remove, "CustomImage", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void), typeof(ImageOperation))]
public sealed class RemoveCustomImageCommand : TargetCmdlet<CustomImage>
{
    private protected override string TargetType => ResourceTypes.Image;

    private protected override string ActionName => "Remove image";

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        RunOrStartJob((sink, token) => ImageService.RemoveAsync(session, ids, run, sink, token));
    }
}
