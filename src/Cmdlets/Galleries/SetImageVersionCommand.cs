using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Changes image versions: end of life, whether they count as latest, tags. Their regions are changed by Set-ImageReplication, their disks never.</summary>
[Cmdlet(VerbsCommon.Set, "ImageVersion", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(ImageVersion), typeof(ImageOperation))]
public sealed class SetImageVersionCommand : VersionTargetCmdlet
{
    /// <summary>Machines of the latest version never get this one; -ExcludeFromLatest:$false releases it.</summary>
    [Parameter]
    public SwitchParameter ExcludeFromLatest { get; set; }

    /// <summary>The regions in which -ExcludeFromLatest counts; without it everywhere.</summary>
    [Parameter]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Location { get; set; } = [];

    /// <summary>From when on it should not be used any more; Azure goes on letting it be used.</summary>
    [Parameter]
    [Alias("EndOfLifeDate")]
    public DateTime EndOfLife { get; set; }

    /// <summary>Azure refuses to delete it before its end of life; -BlockDeletionBeforeEndOfLife:$false lets it.</summary>
    [Parameter]
    public SwitchParameter BlockDeletionBeforeEndOfLife { get; set; }

    /// <summary>The tags as they are to be; all others go. An empty table takes all away.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    private protected override string ActionName => "Change image version";

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        TagTable.Problem(Tag),
        ArgumentCheck.SomethingToChange(IsBound(nameof(ExcludeFromLatest)) || IsBound(nameof(EndOfLife)) || IsBound(nameof(BlockDeletionBeforeEndOfLife)) || Tag is not null,
            "Pass -ExcludeFromLatest, -EndOfLife, -BlockDeletionBeforeEndOfLife or -Tag; Set-ImageReplication changes the regions."),
    ];

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        var change = new SetVersionOptions
        {
            Id = ids[0],
            ExcludeFromLatest = IsBound(nameof(ExcludeFromLatest)) ? ExcludeFromLatest.IsPresent : null,
            Location = Location,
            EndOfLifeDate = IsBound(nameof(EndOfLife)) ? new DateTimeOffset(EndOfLife) : null,
            BlockDeletionBeforeEndOfLife = IsBound(nameof(BlockDeletionBeforeEndOfLife)) ? BlockDeletionBeforeEndOfLife.IsPresent : null,
            Tag = TagTable.Read(Tag),
        };
        SetVersionOptions[] items = [.. ids.Select(id => change with { Id = id })];
        RunOrStartJob((sink, token) => VersionService.SetAsync(session, items, run, sink, token));
    }
}
