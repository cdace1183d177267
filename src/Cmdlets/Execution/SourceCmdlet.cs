using System.Collections;
using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of cmdlets that make something of something that is there: image, snapshot, disk.</summary>
/// <remarks>Requests are gathered while the pipeline runs and carried out side by side at its end.</remarks>
/// <typeparam name="TOptions">What the engine is asked for.</typeparam>
public abstract class SourceCmdlet<TOptions> : LongRunningCmdlet
    where TOptions : class
{
    private readonly List<TOptions> _requests = [];
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);

    /// <summary>The resource group of what is made; without it the source's. A source given by name is looked for here.</summary>
    [Parameter(Position = 0)]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    /// <summary>The name of what is made.</summary>
    [Parameter(Position = 1)]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>What it is made of.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "ResourceId")]
    [ArgumentCompleter(typeof(SourceCompleter))]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public virtual string Source { get; set; } = string.Empty;

    /// <summary>Tags of what is made.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>Whether <see cref="Source"/> is not what it is made of this time.</summary>
    private protected virtual bool IsOfOtherSource => false;

    /// <summary>What it is made of, for ShouldProcess: never the query of an address, which may hold a signature.</summary>
    private protected virtual string SourceDescription
    {
        get
        {
            if (ImageCmdlets.ResourceId.TryParse(Source) is { } id)
                return $"{id.Name} in {id.ResourceGroupName}";

            int query = Source.IndexOf('?');
            string shown = query < 0 ? Source : Source.Substring(0, query);
            return ResourceGroupName is null ? shown : $"{shown} in {ResourceGroupName}";
        }
    }

    /// <summary>What ShouldProcess is asked, such as "Create image".</summary>
    private protected abstract string ActionName { get; }

    /// <summary>The type of what is made, for the rules of its name.</summary>
    private protected abstract string MadeType { get; }

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        ArgumentCheck.Group(nameof(ResourceGroupName), ResourceGroupName),
        ArgumentCheck.NewName(MadeType, Name),
        IsBound(nameof(Source)) ? ArgumentCheck.Source(nameof(Source), Source) : null,
        TagTable.Problem(Tag),
    ];

    protected sealed override void ProcessRecord()
    {
        RequireSession();
        try
        {
            if (!IsOfOtherSource && ArgumentCheck.Source(nameof(Source), Source) is { } refusal)
                throw refusal;

            // Nothing else changes from object to object: what comes twice is meant once.
            if (!IsOfOtherSource && !_sources.Add(Source))
                return;

            TOptions request = Request(TagTable.Read(Tag));
            if (ApproveSource())
                _requests.Add(request);
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
        }
    }

    protected sealed override void EndProcessing()
    {
        if (_requests.Count == 0)
            return;

        ImageSession session = RequireSession();
        RunOptions run = RunOptions;
        TOptions[] requests = [.. _requests];
        RunOrStartJob((sink, token) => ExecuteAsync(session, requests, run, sink, token));
    }

    /// <summary>The question before it is done.</summary>
    private protected virtual bool ApproveSource() => ShouldProcess(SourceDescription, ActionName);

    /// <summary>What the engine is asked for, from the parameters as they are now.</summary>
    private protected abstract TOptions Request(IReadOnlyDictionary<string, string>? tags);

    /// <summary>Hands the requests to the engine; at least one.</summary>
    private protected abstract Task ExecuteAsync(ImageSession session, IReadOnlyList<TOptions> requests, RunOptions run, IOperationSink sink, CancellationToken cancellationToken);
}
