using System.Management.Automation;
using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Commands;

/// <summary>Stops operations, by removing what they have made on their way. Sources and what is finished stay.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ImageOperation", DefaultParameterSetName = ParameterSets.ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ImageOperation))]
public sealed class StopImageOperationCommand : JobCmdlet
{
    private readonly List<(string Id, ImageOperationKind? Kind)> _wanted = [];

    /// <summary>The ids of what is being made or changed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSets.ById, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [TextOnly]
    [ArgumentCompleter(typeof(OperationIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ResourceId { get; set; } = [];

    /// <summary>What Get-ImageOperation gave.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSets.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ImageOperation[] InputObject { get; set; } = [];

    /// <summary>Do not ask; safety checks stay.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (ParameterSetName == ParameterSets.InputObject)
            _wanted.AddRange(InputObject.Select(operation => (operation.Id, (ImageOperationKind?)operation.Kind)));
        else
            _wanted.AddRange(ResourceId.Select(id => (id, (ImageOperationKind?)null)));
    }

    protected override void EndProcessing()
    {
        if (_wanted.Count == 0)
            return;

        ImageSession session = RequireSession();
        ImageOperation[] approved = [.. _wanted.SelectMany(wanted => Find(session, wanted.Id, wanted.Kind))
            .GroupBy(found => (found.Id.ToUpperInvariant(), found.Kind)).Select(same => same.First()).Where(ApproveStop)];
        if (approved.Length == 0)
            return;

        RunOptions run = RunOptions;
        RunOrStartJob((sink, token) => TrackingService.StopAsync(session, approved, run, sink, token));
    }

    // What is asked about is what there is now, whatever the object in the pipeline says.
    private List<ImageOperation> Find(ImageSession session, string id, ImageOperationKind? kind)
    {
        CollectingSink<ImageOperation>? found = null;
        var query = new ImageOperationQuery { SubscriptionId = SubscriptionId, Id = [id], Kind = kind is { } one ? [one] : [] };
        Run((sink, token) =>
        {
            found = new CollectingSink<ImageOperation>(sink);
            return TrackingService.GetAsync(session, query, found, token);
        });
        return found?.Items ?? [];
    }

    private bool ApproveStop(ImageOperation operation)
    {
        string[] names = [.. operation.Resource.Where(part => part.IsTemporary).Select(part => part.Name)];
        string action = operation.Kind == ImageOperationKind.Export ? "End all access to its bytes" : names.Length == 0 ? "Stop operation" : $"Stop operation and remove {string.Join(", ", names)}";
        return Approve($"{operation.Kind} {operation.Name} in {operation.ResourceGroupName} ({operation.State})", action, Force);
    }
}
