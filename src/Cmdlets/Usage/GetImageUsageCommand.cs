using System.Management.Automation;
using ImageCmdlets.Engine.Usage;

namespace ImageCmdlets.Commands;

/// <summary>Shows what uses images: machines, scale sets and their instances, and the versions made of them.</summary>
[Cmdlet(VerbsCommon.Get, "ImageUsage")]
[OutputType(typeof(ImageUsage))]
public sealed class GetImageUsageCommand : ImageCmdlet
{
    private const int Parallel = 20;
    private readonly List<string> _ids = [];
    private string? _subscription;

    /// <summary>The full ARM id of a managed image, gallery, image definition or image version. Ids pipe in as text, and objects by theirs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] ResourceId { get; set; } = [];

    /// <summary>Reads the lists of machines, scale sets and versions themselves. Without it Azure Resource Graph is asked, which is one call for all
    /// subscriptions and can be some minutes behind.</summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    // An image that pipes in brings its own subscription, which says nothing about where it is used.
    protected override void BeginProcessing()
    {
        RequireSession();
        _subscription = SubscriptionId;
    }

    protected override void ProcessRecord() => _ids.AddRange(ResourceId);

    protected override void EndProcessing()
    {
        if (_ids.Count == 0)
            return;

        var options = new GetImageUsageOptions { Id = [.. _ids], SubscriptionId = _subscription, Live = Live };
        ImageSession session = RequireSession();
        Run((sink, token) => UsageService.GetAsync(session, options, new RunOptions { ThrottleLimit = Parallel }, sink, token));
    }
}
