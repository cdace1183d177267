using System.Management.Automation;
using ImageCmdlets.Engine.Fleets;

namespace ImageCmdlets.Commands;

/// <summary>Tells how many replicas an image version has in each region, and how many a number of machines wants there.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "ImageReplica")]
[OutputType(typeof(ImageReplicaMeasure))]
public sealed class MeasureImageReplicaCommand : ImageCmdlet
{
    /// <summary>The full ARM id of an image version, or of an image definition, which means its latest version. Ids pipe in as text, and objects by theirs.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] ResourceId { get; set; } = [];

    /// <summary>How many machines are to be made at once, in all regions together.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("VMCount")]
    [ValidateRange(1, 1000000)]
    public int Count { get; set; }

    /// <summary>The regions, which get equal shares; without it all that the version is in.</summary>
    [Parameter]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Location { get; set; } = [];

    protected override void ProcessRecord()
    {
        ImageSession session = RequireSession();
        foreach (string id in ResourceId)
        {
            var options = new MeasureReplicaOptions { Id = id, Count = Count, Location = Location };
            Run((sink, token) => FleetService.MeasureAsync(session, options, sink, token));
        }
    }
}
