using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of <c>Get-</c> cmdlets: all, those of a group, those whose name fits, or one by id.</summary>
public abstract class QueryCmdlet : ImageCmdlet
{
    /// <summary>The full ARM id. Ids pipe in as text, and objects of the Az module by theirs.</summary>
    [Parameter(ParameterSetName = ParameterSets.ById, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[]? ResourceId { get; set; }

    /// <summary>The resource group, or a pattern with wildcards; without it the whole subscription is listed.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? ResourceGroupName { get; set; }

    /// <summary>The name, or a pattern with wildcards.</summary>
    [Parameter(Position = 1, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("n")]
    [ArgumentCompleter(typeof(ResourceNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    protected sealed override void ProcessRecord()
    {
        ImageSession session = RequireSession();
        foreach (ResourceQuery query in Queries())
            Run((sink, token) => GetAsync(session, query, sink, token));
    }

    /// <summary>Asks the engine for one query's resources.</summary>
    private protected abstract Task GetAsync(ImageSession session, ResourceQuery query, IOperationSink sink, CancellationToken cancellationToken);

    private IEnumerable<ResourceQuery> Queries()
    {
        if (ResourceId is not null)
            return ResourceId.Select(id => new ResourceQuery { Id = id });

        var everything = new ResourceQuery { SubscriptionId = SubscriptionId, ResourceGroupName = ResourceGroupName };
        return Name is null ? [everything] : Name.Select(name => everything with { Name = name });
    }
}
