using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of <c>Get-</c> cmdlets for what is in galleries: by id, or by names along the way to it.</summary>
public abstract class GalleryQueryCmdlet : ImageCmdlet
{
    /// <summary>The full ARM id of one, or of what it is in. Ids pipe in as text, and objects by theirs.</summary>
    [Parameter(ParameterSetName = ParameterSets.ById, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[]? ResourceId { get; set; }

    /// <summary>The resource group, or a pattern with wildcards; without it the whole subscription is looked through.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? ResourceGroupName { get; set; }

    /// <summary>The gallery, or a pattern with wildcards; without it all.</summary>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(GalleryNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? GalleryName { get; set; }

    protected sealed override void ProcessRecord()
    {
        ImageSession session = RequireSession();
        foreach (GalleryQuery query in Queries())
            Run((sink, token) => GetAsync(session, query, sink, token));
    }

    /// <summary>Asks the engine for what one query means.</summary>
    private protected abstract Task GetAsync(ImageSession session, GalleryQuery query, IOperationSink sink, CancellationToken cancellationToken);

    /// <summary>What the names mean; asked where there is no id.</summary>
    private protected abstract IEnumerable<GalleryQuery> ByNames(GalleryQuery around);

    private IEnumerable<GalleryQuery> Queries() => ResourceId is not null
        ? ResourceId.Select(id => new GalleryQuery { Id = id })
        : ByNames(new GalleryQuery { SubscriptionId = SubscriptionId, ResourceGroupName = ResourceGroupName, GalleryName = GalleryName });
}
