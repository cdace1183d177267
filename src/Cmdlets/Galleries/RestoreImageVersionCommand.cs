using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Brings back image versions that were deleted from galleries with soft deletion.</summary>
[Cmdlet(VerbsData.Restore, "ImageVersion", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageVersion), typeof(ImageOperation))]
public sealed class RestoreImageVersionCommand : VersionTargetCmdlet
{
    /// <summary>Its tags: those that it had are not kept.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    private protected override string ActionName => "Restore image version";

    private protected override bool IsOfDeleted => true;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() => [TagTable.Problem(Tag)];

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        IReadOnlyDictionary<string, string>? tag = TagTable.Read(Tag);
        RestoreVersionOptions[] items = [.. ids.Select(id => new RestoreVersionOptions { Id = id, Tag = tag })];
        RunOrStartJob((sink, token) => VersionService.RestoreAsync(session, items, run, sink, token));
    }
}
