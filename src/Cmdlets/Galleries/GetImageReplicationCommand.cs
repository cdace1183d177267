using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Says how far image versions are in each of their regions.</summary>
[Cmdlet(VerbsCommon.Get, "ImageReplication", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(RegionReplication))]
public sealed class GetImageReplicationCommand : GalleryQueryCmdlet
{
    /// <summary>The image definition, or a pattern with wildcards; without it all.</summary>
    [Parameter(Position = 2, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DefinitionNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? DefinitionName { get; set; }

    /// <summary>The version, such as 1.2.3, or a pattern with wildcards; without it all.</summary>
    [Parameter(Position = 3, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("n", "Version")]
    [ArgumentCompleter(typeof(VersionCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>The regions; without it all.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Region { get; set; } = [];

    private protected override IEnumerable<GalleryQuery> ByNames(GalleryQuery around)
    {
        GalleryQuery query = around with { DefinitionName = DefinitionName };
        return Name is null ? [query] : Name.Select(name => query with { Version = name });
    }

    private protected override void Process(ImageSession session, IEnumerable<GalleryQuery> queries) => RunEach(queries, (query, sink, token) =>
        ReplicationService.GetAsync(session, query, Region, sink, token));
}
