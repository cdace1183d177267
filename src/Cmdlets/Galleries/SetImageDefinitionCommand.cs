using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Changes image definitions: description, end of life, tags. What their versions are cannot change.</summary>
[Cmdlet(VerbsCommon.Set, "ImageDefinition", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageDefinition), typeof(ImageOperation))]
public sealed class SetImageDefinitionCommand : DefinitionTargetCmdlet
{
    /// <summary>What it is for.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>From when on it should not be used any more; Azure goes on letting it be used.</summary>
    [Parameter]
    [Alias("EndOfLifeDate")]
    public DateTime EndOfLife { get; set; }

    /// <summary>The tags as they are to be; all others go. An empty table takes all away.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    private protected override string ActionName => "Change image definition";

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        TagTable.Problem(Tag),
        ArgumentCheck.SomethingToChange(Description is not null || IsBound(nameof(EndOfLife)) || Tag is not null, "Pass -Description, -EndOfLife or -Tag."),
    ];

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        DateTimeOffset? end = IsBound(nameof(EndOfLife)) ? new DateTimeOffset(EndOfLife) : null;
        IReadOnlyDictionary<string, string>? tag = TagTable.Read(Tag);
        SetDefinitionOptions[] items = [.. ids.Select(id => new SetDefinitionOptions { Id = id, Description = Description, EndOfLifeDate = end, Tag = tag })];
        RunOrStartJob((sink, token) => DefinitionService.SetAsync(session, items, run, sink, token));
    }
}
