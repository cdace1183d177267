using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Waits until image versions are in their regions, in some of them, or in so many.</summary>
[Cmdlet(VerbsLifecycle.Wait, "ImageReplication", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(RegionReplication))]
public sealed class WaitImageReplicationCommand : SelectingCmdlet<ImageVersion>
{
    /// <summary>The gallery.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(GalleryNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string GalleryName { get; set; } = string.Empty;

    /// <summary>The image definition.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DefinitionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string DefinitionName { get; set; } = string.Empty;

    /// <summary>The version, such as 1.2.3, or a pattern with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 3, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("n", "Version")]
    [ArgumentCompleter(typeof(VersionCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Name { get; set; } = [];

    /// <summary>The regions to wait for; without it all.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Region { get; set; } = [];

    /// <summary>How many of the regions are enough.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int MinimumReplicated { get; set; }

    private protected override string TargetType => ResourceTypes.GalleryImageVersion;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() => [ArgumentCheck.MustWait(NoWait)];

    private protected override IReadOnlyList<string> ResolveName(ImageSession session, string name) => VersionNames.Resolve(session, Run, new GalleryQuery
    {
        SubscriptionId = SubscriptionId ?? session.SubscriptionId,
        ResourceGroupName = ResourceGroupName,
        GalleryName = GalleryName,
        DefinitionName = DefinitionName,
        Version = name,
    });

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;
        int? minimum = MinimumReplicated > 0 ? MinimumReplicated : null;
        WaitReplicationOptions[] items = [.. ids.Select(id => new WaitReplicationOptions { Id = id, Region = Region, MinimumReplicated = minimum })];
        RunOrStartJob((sink, token) => ReplicationService.WaitAsync(session, items, run, sink, token));
    }
}
