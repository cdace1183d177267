using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of the cmdlets that look for operations: by the resources that are made or changed, or by what is known of them.</summary>
public abstract class OperationQueryCmdlet : ImageCmdlet
{
    private readonly List<string> _ids = [];

    /// <summary>The ids of what is being made or changed. What a command gave with -NoWait pipes in, and so does any id as text.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [TextOnly]
    [ArgumentCompleter(typeof(OperationIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? ResourceId { get; set; }

    /// <summary>Only operations of these kinds.</summary>
    [Parameter]
    public ImageOperationKind[]? Kind { get; set; }

    /// <summary>Only operations in these states.</summary>
    [Parameter]
    [ValidateSet("InProgress", "Interrupted", "Succeeded", "Failed")]
    public string[]? State { get; set; }

    /// <summary>Only operations that have something in this resource group, or in those that fit the pattern.</summary>
    [Parameter]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? ResourceGroupName { get; set; }

    /// <summary>Only operations that copy, generalize or restore this: the id of an image, a machine, a snapshot.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SourceId { get; set; }

    protected sealed override void ProcessRecord() => _ids.AddRange(ResourceId ?? []);

    protected sealed override void EndProcessing()
    {
        // A pipeline that nothing came down is no question about everything.
        if (_ids.Count == 0 && MyInvocation.ExpectingInput)
            return;

        ImageSession session = RequireSession();
        var query = new ImageOperationQuery
        {
            SubscriptionId = SubscriptionId,
            Id = [.. _ids.Distinct(StringComparer.OrdinalIgnoreCase)],
            Kind = Kind ?? [],
            State = State ?? [],
            ResourceGroupName = ResourceGroupName,
            SourceId = SourceId,
        };
        Start((sink, token) => AskAsync(session, query, sink, token));
    }

    /// <summary>Runs the question, here where nothing else is said.</summary>
    private protected virtual void Start(Func<IOperationSink, CancellationToken, Task> workflow) => Run(workflow);

    /// <summary>Asks the engine.</summary>
    private protected abstract Task AskAsync(ImageSession session, ImageOperationQuery query, IOperationSink sink, CancellationToken cancellationToken);
}
