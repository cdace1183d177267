using System.Collections;
using System.Management.Automation;

namespace ImageCmdlets.Commands;

/// <summary>The base of what copies existing resources to other regions, resource groups and subscriptions: one copy for each region.</summary>
/// <typeparam name="T">The module's own type for the resource.</typeparam>
/// <typeparam name="TCopy">One copy to make.</typeparam>
public abstract class CopyCmdlet<T, TCopy> : TargetCmdlet<T>
    where T : ArmResource
{
    private readonly List<TCopy> _copies = [];

    /// <summary>The regions to copy to, side by side.</summary>
    [Parameter(Mandatory = true)]
    [Alias("l", "TargetLocation")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Location { get; set; } = [];

    /// <summary>The resource group of the copies, which must exist; without it the source's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TargetResourceGroupName { get; set; }

    /// <summary>The name of the copy, with the region behind it where there are several; without it the source's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TargetName { get; set; }

    /// <summary>The subscription of the copies; without it the source's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TargetSubscriptionId { get; set; }

    /// <summary>Tags of the copies; without it the source's.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    // As many copies as Azure takes at once from a subscription (documented in "Copy an incremental snapshot to a new region"); a copy on
    // its way costs nothing but a look now and then.
    private protected override int DefaultThrottleLimit => 100;

    private protected override IReadOnlyList<string> GivenLocations => Location;

    private protected override string? LocationSubscriptionId => TargetSubscriptionId ?? SubscriptionId;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        ArgumentCheck.Group(nameof(TargetResourceGroupName), TargetResourceGroupName),
        ArgumentCheck.NewName(TargetType, TargetName),
        TagTable.Problem(Tag),
    ];

    /// <summary>What is copied of a source, such as "with all its disks"; empty where that is plain.</summary>
    private protected virtual string Extent => string.Empty;

    // The user is asked for each region, and what the answer was about is what is done.
    private protected override bool ApproveTarget(ResourceId id)
    {
        foreach (TCopy copy in PlanOrReport(id))
        {
            (string source, string targetId, string location) = Describe(copy);
            ResourceId target = ImageCmdlets.ResourceId.TryParse(targetId)!;
            if ((IsWhatIf && CanExplain) || Approve($"{target.Name} in {target.ResourceGroupName}, {location}", $"{ActionName} {ImageCmdlets.ResourceId.TryParse(source)!.Name}{Extent} to", Force))
                _copies.Add(copy);
        }

        return _copies.Count > 0;
    }

    private protected override void Execute(ImageSession session, IReadOnlyList<string> ids)
    {
        RunOptions run = RunOptions;

        // The same source twice in the pipeline is one wish; two sources under one name are a mistake, which the engine names.
        TCopy[] copies = [.. _copies.GroupBy(copy => string.Join(" ", Describe(copy).Source, Describe(copy).Target, Describe(copy).Location), StringComparer.OrdinalIgnoreCase).Select(same => same.First())];
        if (IsWhatIf)
            Explain(session, copies, run);
        else
            RunOrStartJob((sink, token) => CopyAsync(session, copies, run, sink, token));
    }

    /// <summary>Whether <c>-WhatIf</c> is answered by <see cref="Explain"/>; false: by a line for each copy.</summary>
    private protected virtual bool CanExplain => false;

    /// <summary>Says what the copies would take, and changes nothing.</summary>
    private protected virtual void Explain(ImageSession session, IReadOnlyList<TCopy> copies, RunOptions run)
    {
    }

    /// <summary>The copies of one source, without asking Azure.</summary>
    private protected abstract IReadOnlyList<TCopy> Plan(ResourceId id, IReadOnlyDictionary<string, string>? tags);

    /// <summary>The ids of source and copy, and the region.</summary>
    private protected abstract (string Source, string Target, string Location) Describe(TCopy copy);

    /// <summary>Hands the copies to the engine; at least one.</summary>
    private protected abstract Task CopyAsync(ImageSession session, IReadOnlyList<TCopy> copies, RunOptions run, IOperationSink sink, CancellationToken cancellationToken);

    private IReadOnlyList<TCopy> PlanOrReport(ResourceId id)
    {
        try
        {
            return Plan(id, TagTable.Read(Tag));
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
            return [];
        }
    }
}
