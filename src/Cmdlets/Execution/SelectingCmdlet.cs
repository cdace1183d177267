using System.Management.Automation;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Commands;

/// <summary>The base of what is done with existing resources: which are meant, by id, by name or by object.</summary>
/// <remarks>Targets are gathered while the pipeline runs and worked on side by side at its end, so that ten machines take the time
/// of one. A command that stops early has changed nothing.</remarks>
/// <typeparam name="T">The module's own type for the resource.</typeparam>
public abstract class SelectingCmdlet<T> : LongRunningCmdlet
    where T : ArmResource
{
    private readonly List<string> _targets = [];

    /// <summary>The full ARM id. Ids pipe in as text, and objects of the Az module by theirs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ById, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] ResourceId { get; set; } = [];

    /// <summary>The resource group.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = string.Empty;

    /// <summary>The name, or a pattern with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ParameterSets.ByName, ValueFromPipelineByPropertyName = true)]
    [Alias("n")]
    [ArgumentCompleter(typeof(ResourceNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string[] Name { get; set; } = [];

    /// <summary>The object that this module's own commands gave.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public T[] InputObject { get; set; } = [];

    /// <summary>Such as <c>Microsoft.Compute/images</c>.</summary>
    private protected abstract string TargetType { get; }

    protected sealed override void ProcessRecord()
    {
        if (!AsksAzure)
        {
            ProcessOffline();
            return;
        }

        ImageSession session = RequireSession();
        if (InputProblem() is { } problem)
        {
            Report(problem);
            return;
        }

        foreach (string id in Resolve(session))
        {
            if (ResourceIdOf(id) is { } parsed && ApproveTarget(parsed))
                _targets.Add(parsed.Text);
        }
    }

    protected sealed override void EndProcessing()
    {
        if (_targets.Count > 0)
            Execute(RequireSession(), [.. _targets.Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>Works on the targets that were agreed to; at least one.</summary>
    private protected abstract void Execute(ImageSession session, IReadOnlyList<string> ids);

    /// <summary>Why what came down the pipeline is not what is meant, although it has an id; null: it is.</summary>
    private protected virtual ImageCmdletsException? InputProblem() => null;

    /// <summary>What a call that asks nobody does.</summary>
    private protected virtual void ProcessOffline()
    {
    }

    /// <summary>Asks about one target, where that has to be.</summary>
    private protected virtual bool ApproveTarget(ResourceId id) => true;

    /// <summary>Whether a full id is of what the cmdlet works on.</summary>
    private protected virtual bool IsTarget(ResourceId id) => id.Is(TargetType);

    private ResourceId? ResourceIdOf(string id)
    {
        if (ImageCmdlets.ResourceId.TryParse(id) is { } parsed && IsTarget(parsed))
            return parsed;

        Report(new ImageCmdletsException(ErrorIds.InvalidResourceId, $"'{id}' is not the id of a resource of type {TargetType}.", id,
            $"Pass an id of the form {ImageCmdlets.ResourceId.FormOf(TargetType)}."));
        return null;
    }

    private List<string> Resolve(ImageSession session) => ParameterSetName switch
    {
        ParameterSets.ById => [.. ResourceId],
        ParameterSets.InputObject => [.. InputObject.Select(item => item.Id)],
        _ => IsOneGroup() ? [.. Name.SelectMany(name => ResolveName(session, name))] : [],
    };

    // What works on machines stays within one group; the pipeline from Get- is the way across several.
    private bool IsOneGroup()
    {
        if (ArgumentCheck.Wildcard(nameof(ResourceGroupName), ResourceGroupName) is not { } refusal)
            return true;

        Report(refusal);
        return false;
    }

    /// <summary>The ids that a name or pattern means.</summary>
    private protected virtual IReadOnlyList<string> ResolveName(ImageSession session, string name)
    {
        string subscription = SubscriptionId ?? session.SubscriptionId;
        if (!NamePattern.HasWildcard(name))
            return [ImageCmdlets.ResourceId.Of(subscription, ResourceGroupName, TargetType, name).Text];

        IReadOnlyList<string> found = [];
        var query = new ResourceQuery { SubscriptionId = subscription, ResourceGroupName = ResourceGroupName, Name = name };
        Run(async (sink, token) => found = await TargetService.ResolveAsync(session, TargetType, query, sink, token).ConfigureAwait(false));
        return found;
    }
}
