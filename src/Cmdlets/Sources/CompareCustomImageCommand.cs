using System.Management.Automation;
using ImageCmdlets.Engine.Sources;

namespace ImageCmdlets.Commands;

/// <summary>Compares images, image versions, machines, disks and snapshots: what one is or has, and another not.</summary>
[Cmdlet(VerbsData.Compare, "CustomImage")]
[OutputType(typeof(ImageDifference))]
public sealed class CompareCustomImageCommand : ImageCmdlet
{
    /// <summary>What is compared with: the id of an image, image definition or version, machine, disk or snapshot, a URN, or a name in -ResourceGroupName.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Reference")]
    [ArgumentCompleter(typeof(SourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string ReferenceSource { get; set; } = string.Empty;

    /// <summary>What is compared. Ids pipe in as text, and objects by theirs.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "ResourceId", "Source")]
    [ArgumentCompleter(typeof(SourceCompleter))]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] DifferenceSource { get; set; } = [];

    /// <summary>The resource group of what is given by its name.</summary>
    [Parameter]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    /// <summary>The region whose marketplace is asked for a URN, or in which the latest version of an image definition is meant.</summary>
    [Parameter]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>Also what is the same.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    protected override void ProcessRecord()
    {
        ImageSession session = RequireSession();
        foreach (string source in DifferenceSource)
        {
            var options = new CompareImageOptions { Reference = Source(ReferenceSource), Difference = Source(source), IncludeEqual = IncludeEqual };
            Run((sink, token) => ImageSourceService.CompareAsync(session, options, sink, token));
        }
    }

    private GetImageSourceOptions Source(string text) => new()
    {
        Source = text,
        SubscriptionId = SubscriptionId,
        ResourceGroupName = ResourceGroupName,
        Location = Location,
    };
}
