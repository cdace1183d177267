using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Gets image versions; with <c>-Latest</c> the one that machines of the latest version get.</summary>
[Cmdlet(VerbsCommon.Get, "ImageVersion", DefaultParameterSetName = ParameterSets.ById)]
[OutputType(typeof(ImageVersion))]
public sealed class GetImageVersionCommand : GalleryQueryCmdlet
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

    /// <summary>Of each definition only the greatest version by number that was made well and is not excluded from latest.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <summary>With -Latest: the one of this region, replicated to it and not excluded there.</summary>
    [Parameter]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>Versions that were deleted from a gallery with soft deletion and can be brought back.</summary>
    [Parameter]
    public SwitchParameter SoftDeleted { get; set; }

    /// <summary>Say how far each region is; a request more for each version.</summary>
    [Parameter]
    public SwitchParameter IncludeReplication { get; set; }

    protected override void BeginProcessing()
    {
        ImageCmdletsException? problem = Location is not null && !Latest
            ? new ImageCmdletsException(ErrorIds.InvalidArgument, "-Location says where the latest version is looked for.", Location, "Pass -Latest with -Location.")
            : ArgumentCheck.NotWith(SoftDeleted && Latest, nameof(Latest), nameof(SoftDeleted)) ?? ArgumentCheck.NotWith(SoftDeleted && IncludeReplication, nameof(IncludeReplication), nameof(SoftDeleted));
        if (problem is not null)
            ThrowTerminatingError(ErrorRecords.Of(problem));
    }

    private protected override IEnumerable<GalleryQuery> ByNames(GalleryQuery around)
    {
        GalleryQuery query = around with { DefinitionName = DefinitionName };
        return Name is null ? [query] : Name.Select(name => query with { Version = name });
    }

    private protected override void Process(ImageSession session, IEnumerable<GalleryQuery> queries) => RunEach(queries, (query, sink, token) =>
        VersionService.GetAsync(session, query with { Latest = Latest, Location = Location, SoftDeleted = SoftDeleted, IncludeReplication = IncludeReplication }, sink, token));
}
