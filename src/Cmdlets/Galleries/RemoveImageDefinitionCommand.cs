using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Removes image definitions, with <c>-Recurse</c> all their versions.</summary>
[Cmdlet(VerbsCommon.Remove, "ImageDefinition", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void), typeof(ImageOperation))]
public sealed class RemoveImageDefinitionCommand : DefinitionTargetCmdlet
{
    /// <summary>With all its versions. Run again, the command goes on where it was stopped.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Also what machines or scale sets use: they go on, but cannot be reimaged, and scale sets make no more instances.</summary>
    [Parameter]
    public SwitchParameter AllowInUse { get; set; }

    // As many as Azure takes in three minutes; one on its way costs nothing but a look now and then.
    private protected override int DefaultThrottleLimit => Recurse ? GalleryService.DeletionsAtOnce : base.DefaultThrottleLimit;

    private protected override string ActionName => Recurse ? "Remove image definition with all its versions" : "Remove image definition";

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() => [ArgumentCheck.NotWith(NoWait && Recurse, nameof(NoWait), nameof(Recurse))];

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        RemoveGalleryOptions[] items = [.. ids.Select(id => new RemoveGalleryOptions { Id = id, Recurse = Recurse, AllowInUse = AllowInUse })];
        RunOrStartJob((sink, token) => GalleryService.RemoveAsync(session, items, run, sink, token));
    }
}
