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

    protected sealed override void ProcessRecord() => Process(RequireSession(), Queries());

    /// <summary>Asks the engine for what was asked for, or keeps it until all is known.</summary>
    private protected abstract void Process(ImageSession session, IEnumerable<GalleryQuery> queries);

    /// <summary>Asks the engine for one query after the other.</summary>
    private protected void RunEach(IEnumerable<GalleryQuery> queries, Func<GalleryQuery, IOperationSink, CancellationToken, Task> get)
    {
        foreach (GalleryQuery query in queries)
            Run((sink, token) => get(query, sink, token));
    }

    /// <summary>What the names mean; asked where there is no id.</summary>
    private protected abstract IEnumerable<GalleryQuery> ByNames(GalleryQuery around);

    private IEnumerable<GalleryQuery> Queries() => ResourceId is not null
        ? ResourceId.Select(id => new GalleryQuery { Id = id })
        : ByNames(new GalleryQuery { SubscriptionId = SubscriptionId, ResourceGroupName = ResourceGroupName, GalleryName = GalleryName });
}
