using System.Management.Automation;
using ImageCmdlets.Engine.Leftovers;

namespace ImageCmdlets.Commands;

/// <summary>Removes leftovers one by one, in the order in which they hang on each other. What somebody needs stays.</summary>
[Cmdlet(VerbsCommon.Remove, "ImageLeftover", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveImageLeftoverCommand : JobCmdlet
{
    private const string ByMaker = nameof(ByMaker);
    private readonly List<string> _ids = [];

    /// <summary>The ids of leftovers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.ById, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [TextOnly]
    [ArgumentCompleter(typeof(LeftoverIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ResourceId { get; set; } = [];

    /// <summary>What Get-ImageLeftover gave.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ImageLeftover[] InputObject { get; set; } = [];

    /// <summary>All that these have left.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByMaker)]
    [ValidateNotNullOrEmpty]
    public LeftoverMaker[] Maker { get; set; } = [];

    /// <summary>Only what is in this resource group, or in those that fit the pattern, or is one of them.</summary>
    [Parameter(ParameterSetName = ByMaker)]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? ResourceGroupName { get; set; }

    /// <summary>Only what is at least so old, besides being left over.</summary>
    [Parameter(ParameterSetName = ByMaker)]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>Also what interrupted operations of this module have, which their commands could go on with.</summary>
    [Parameter(ParameterSetName = ByMaker)]
    public SwitchParameter IncludeInterrupted { get; set; }

    /// <summary>Remove also disks and snapshots to whose bytes access is granted: it is revoked first.</summary>
    [Parameter]
    public SwitchParameter RevokeAccess { get; set; }

    /// <summary>Do not ask; safety checks stay.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == ParameterSets.InputObject)
            _ids.AddRange(InputObject.Select(leftover => leftover.Id));
        else
            _ids.AddRange(ResourceId);
    }

    protected override void EndProcessing()
    {
        if (ParameterSetName != ByMaker && _ids.Count == 0)
            return;

        ImageSession session = RequireSession();
        ImageLeftoverQuery query = Query();
        List<ImageLeftover> found = Find(session, query);
        ImageLeftover[] safe = [.. found.Where(leftover => leftover.IsSafeToRemove)];
        string[] ids = [.. safe.Where(ApproveRemoval).Select(leftover => leftover.Id)];
        WarnOfUse(found);
        if (ids.Length > 0)
        {
            RunOptions run = RunOptions;
            RunOrStartJob((sink, token) => LeftoverService.RemoveAsync(session, ids, query, run, sink, token));
        }

        // The engine says why the others stay.
        string[] others = [.. _ids.Distinct(StringComparer.OrdinalIgnoreCase).Except(safe.Select(leftover => leftover.Id), StringComparer.OrdinalIgnoreCase)];
        if (others.Length > 0)
            Run((sink, token) => LeftoverService.ExplainAsync(session, others, query, sink, token));
    }

    // Who names a thing, or pipes it in, has seen for what it was listed.
    private ImageLeftoverQuery Query() => new()
    {
        SubscriptionId = SubscriptionId,
        Id = [.. _ids],
        Maker = Maker,
        ResourceGroupName = ResourceGroupName,
        OlderThan = OlderThan,
        IncludeInterrupted = IncludeInterrupted || ParameterSetName != ByMaker,
        RevokeAccess = RevokeAccess,
    };

    private List<ImageLeftover> Find(ImageSession session, ImageLeftoverQuery query)
    {
        CollectingSink<ImageLeftover>? found = null;
        Run((sink, token) =>
        {
            found = new CollectingSink<ImageLeftover>(sink);
            return LeftoverService.GetAsync(session, query, found, token);
        });
        return found?.Items ?? [];
    }

    private bool ApproveRemoval(ImageLeftover leftover)
    {
        string size = leftover.SizeGB is { } gigabytes ? $", {gigabytes} GiB" : string.Empty;
        return Approve($"{leftover.Kind} {leftover.Name} in {leftover.ResourceGroupName}{size}", $"Remove what {leftover.Maker} left", Force);
    }

    private void WarnOfUse(List<ImageLeftover> found)
    {
        foreach (ImageLeftover leftover in ParameterSetName == ByMaker ? found.Where(item => !item.IsSafeToRemove) : [])
            WriteWarning($"'{leftover.Name}' stays. {leftover.InUse}");
    }
}
