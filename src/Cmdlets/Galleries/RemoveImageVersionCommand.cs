using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Removes image versions, in all their regions.</summary>
[Cmdlet(VerbsCommon.Remove, "ImageVersion", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void), typeof(ImageOperation))]
public sealed class RemoveImageVersionCommand : VersionTargetCmdlet
{
    /// <summary>Also what machines or scale sets use: they go on, but cannot be reimaged, and scale sets make no more instances.</summary>
    [Parameter]
    public SwitchParameter AllowInUse { get; set; }

    /// <summary>What rows of a plan have: those of Get-ImageRetention go to Invoke-ImageRetention, which removes only what is not kept.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public object? Action { get; set; }

    // As many as Azure takes in three minutes; one on its way costs nothing but a look now and then.
    private protected override int DefaultThrottleLimit => GalleryService.DeletionsAtOnce;

    private protected override ImageCmdletsException? InputProblem() => Action is null ? null : new ImageCmdletsException(ErrorIds.InvalidArgument,
        $"What pipes in is a row of a plan with the action '{Action}', and no version: nothing of it is removed.", Action.ToString(),
        "Pipe what Get-ImageRetention gives to Invoke-ImageRetention, which removes only what is not kept.");

    private protected override string ActionName => "Remove image version";

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        RemoveGalleryOptions[] items = [.. ids.Select(id => new RemoveGalleryOptions { Id = id, AllowInUse = AllowInUse })];
        RunOrStartJob((sink, token) => GalleryService.RemoveAsync(session, items, run, sink, token));
    }
}
