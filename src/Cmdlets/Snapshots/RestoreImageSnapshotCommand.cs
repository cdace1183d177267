using System.Management.Automation;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Commands;

/// <summary>Makes disks of snapshots.</summary>
[Cmdlet(VerbsData.Restore, "ImageSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(ManagedDisk), typeof(ImageOperation))]
public sealed class RestoreImageSnapshotCommand : SourceCmdlet<RestoreSnapshotOptions>
{
    /// <summary>The kind of disk, such as Premium_LRS; without it Standard_LRS.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DiskTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Sku { get; set; }

    /// <summary>The size in GiB, at least the snapshot's; without it the same.</summary>
    [Parameter]
    [ValidateRange(1, 65536)]
    public int DiskSizeGB { get; set; }

    /// <summary>The availability zone of the disk.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Zone { get; set; }

    private protected override string MadeType => ResourceTypes.Disk;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
        [.. base.ArgumentProblems(), ArgumentCheck.OneOf(nameof(Sku), Sku, DiskTypes.OfDisks)];

    private protected override string ActionName => Name is null ? "Restore to a disk" : $"Restore to disk {Name}";

    private protected override RestoreSnapshotOptions Request(IReadOnlyDictionary<string, string>? tags) => new()
    {
        Source = Source,
        SubscriptionId = SubscriptionId,
        Name = Name,
        ResourceGroupName = ResourceGroupName,
        Sku = Sku,
        DiskSizeGB = IsBound(nameof(DiskSizeGB)) ? DiskSizeGB : null,
        Zone = Zone,
        Tag = tags,
    };

    private protected override Task ExecuteAsync(ImageSession session, IReadOnlyList<RestoreSnapshotOptions> requests, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        SnapshotService.RestoreAsync(session, requests, run, sink, cancellationToken);
}
