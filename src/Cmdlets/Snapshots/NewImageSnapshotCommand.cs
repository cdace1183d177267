using System.Management.Automation;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Commands;

/// <summary>Takes snapshots of every disk of virtual machines, or of single disks.</summary>
[Cmdlet(VerbsCommon.New, "ImageSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(ImageSnapshot), typeof(ImageOperation))]
public sealed class NewImageSnapshotCommand : SourceCmdlet<NewSnapshotOptions>
{
    /// <summary>Whole snapshots instead of incremental ones.</summary>
    [Parameter]
    public SwitchParameter Full { get; set; }

    /// <summary>Leave the data disks of virtual machines out.</summary>
    [Parameter]
    public SwitchParameter OSDiskOnly { get; set; }

    /// <summary>Where the snapshots lie: Standard_LRS, Standard_ZRS or Premium_LRS; without it Azure's choice.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DiskTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Sku { get; set; }

    private protected override string MadeType => ResourceTypes.Snapshot;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
        [.. base.ArgumentProblems(), ArgumentCheck.OneOf(nameof(Sku), Sku, DiskTypes.OfSnapshots)];

    private protected override string ActionName => OSDiskOnly ? "Take snapshot of the OS disk" : "Take snapshots";

    private protected override NewSnapshotOptions Request(IReadOnlyDictionary<string, string>? tags) => new()
    {
        Source = Source,
        SubscriptionId = SubscriptionId,
        Name = Name,
        ResourceGroupName = ResourceGroupName,
        Full = Full,
        OSDiskOnly = OSDiskOnly,
        Sku = Sku,
        Tag = tags,
    };

    private protected override Task ExecuteAsync(ImageSession session, IReadOnlyList<NewSnapshotOptions> requests, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        SnapshotService.CreateAsync(session, requests, run, sink, cancellationToken);
}
