using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Adds regions and replicas to image versions, or gives them up; the other regions stay as they are.</summary>
[Cmdlet(VerbsCommon.Set, "ImageReplication", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true)]
[OutputType(typeof(RegionReplication), typeof(ImageOperation))]
public sealed class SetImageReplicationCommand : VersionTargetCmdlet
{
    /// <summary>Regions to add, or to give other replicas: westeurope, westeurope=3, or tables such as @{ Location = 'westeurope'; ReplicaCount = 3 }.</summary>
    [Parameter]
    [Alias("Add")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [TargetRegion]
    [ValidateNotNullOrEmpty]
    public ImageTargetRegion[] AddRegion { get; set; } = [];

    /// <summary>Regions to give up; that in which the version was made cannot be.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] RemoveRegion { get; set; } = [];

    /// <summary>Give regions up also where machines or scale sets there use the version.</summary>
    [Parameter]
    public SwitchParameter AllowInUse { get; set; }

    /// <summary>How many replicas each region is to have for which -AddRegion does not say it.</summary>
    [Parameter]
    [ValidateRange(1, ImageTargetRegion.MostReplicas)]
    public int ReplicaCount { get; set; }

    private protected override string ActionName => "Change regions of image version";

    private protected override IReadOnlyList<string> GivenLocations => [.. AddRegion.Select(region => region.Location)];

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
        [ArgumentCheck.SomethingToChange(AddRegion.Length + RemoveRegion.Length + ReplicaCount > 0, "Pass -AddRegion, -RemoveRegion or -ReplicaCount.")];

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        int? replicas = ReplicaCount > 0 ? ReplicaCount : null;
        SetReplicationOptions[] items = [.. ids.Select(id => new SetReplicationOptions { Id = id, AddRegion = AddRegion, RemoveRegion = RemoveRegion, ReplicaCount = replicas, AllowInUse = AllowInUse })];
        RunOrStartJob((sink, token) => ReplicationService.SetAsync(session, items, run, sink, token));
    }
}
