using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Gets the image versions that others share with the subscription or its tenant, or those of a community gallery.</summary>
[Cmdlet(VerbsCommon.Get, "SharedImage", DefaultParameterSetName = SharedSet)]
[OutputType(typeof(SharedImage))]
public sealed class GetSharedImageCommand : ImageCmdlet
{
    private const string SharedSet = "Shared";
    private const string CommunitySet = "Community";

    /// <summary>The region that is asked: each knows only the versions that it has.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string Location { get; set; } = string.Empty;

    /// <summary>The unique name of a shared gallery, or a pattern with wildcards; without it all that are shared with the subscription or its tenant.</summary>
    [Parameter(Position = 1, ParameterSetName = SharedSet)]
    [Alias("GalleryUniqueName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? GalleryName { get; set; }

    /// <summary>The public name of a community gallery. Azure has no list of these.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CommunitySet)]
    [Alias("PublicGalleryName")]
    [ValidateNotNullOrEmpty]
    public string CommunityGalleryName { get; set; } = string.Empty;

    /// <summary>The image definition, or a pattern with wildcards; without it all.</summary>
    [Parameter(Position = 2)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? DefinitionName { get; set; }

    /// <summary>The version, such as 1.2.3, or a pattern with wildcards; without it all.</summary>
    [Parameter(Position = 3)]
    [Alias("n", "Version")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Of each definition only the greatest version by number that is not excluded from latest.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    protected override void ProcessRecord()
    {
        ImageSession session = RequireSession();
        var query = new SharedImageQuery
        {
            Location = Location,
            SubscriptionId = SubscriptionId,
            GalleryName = GalleryName,
            CommunityGalleryName = ParameterSetName == CommunitySet ? CommunityGalleryName : null,
            DefinitionName = DefinitionName,
            Latest = Latest,
        };
        foreach (SharedImageQuery one in Name is null ? [query] : Name.Select(name => query with { Version = name }))
            Run((sink, token) => SharedImageService.GetAsync(session, one, sink, token));
    }
}
