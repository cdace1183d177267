using System.Management.Automation;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Commands;

/// <summary>Takes snapshots of every disk of virtual machines and images, or of single disks.</summary>
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

    /// <summary>Take all disks of a machine in one moment, by way of a restore point, which is removed when the snapshots are there.</summary>
    [Parameter]
    public SwitchParameter RestorePoint { get; set; }

    /// <summary>With -RestorePoint: as after a power failure, without asking the guest.</summary>
    [Parameter]
    public SwitchParameter CrashConsistent { get; set; }

    /// <summary>With -RestorePoint: keep the restore point and its collection.</summary>
    [Parameter]
    public SwitchParameter KeepRestorePoint { get; set; }

    /// <summary>For versions of galleries: the region in which the snapshots are taken, and to which the version is replicated; without it the version's own.</summary>
    [Parameter]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    private protected override IReadOnlyList<string> GivenLocations => Location is null ? [] : [Location];

    private protected override string MadeType => ResourceTypes.Snapshot;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        .. base.ArgumentProblems(),
        ArgumentCheck.OneOf(nameof(Sku), Sku, DiskTypes.OfSnapshots),
        ArgumentCheck.NotWith(RestorePoint && NoWait, nameof(NoWait), nameof(RestorePoint)),
        OnlyWithRestorePoint(CrashConsistent, nameof(CrashConsistent)),
        OnlyWithRestorePoint(KeepRestorePoint, nameof(KeepRestorePoint)),
    ];

    private protected override string ActionName =>
        $"{(OSDiskOnly ? "Take snapshot of the OS disk" : "Take snapshots")}{(RestorePoint ? $" of a restore point, which is {(KeepRestorePoint ? "kept" : "removed again")}" : string.Empty)}";

    private protected override NewSnapshotOptions Request(IReadOnlyDictionary<string, string>? tags) => new()
    {
        Source = Source,
        SubscriptionId = SubscriptionId,
        Name = Name,
        ResourceGroupName = ResourceGroupName,
        Full = Full,
        OSDiskOnly = OSDiskOnly,
        Sku = Sku,
        RestorePoint = RestorePoint,
        CrashConsistent = CrashConsistent,
        KeepRestorePoint = KeepRestorePoint,
        Location = Location,
        Tag = tags,
    };

    private protected override Task ExecuteAsync(ImageSession session, IReadOnlyList<NewSnapshotOptions> requests, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        SnapshotService.CreateAsync(session, requests, run, sink, cancellationToken);

    private ImageCmdletsException? OnlyWithRestorePoint(bool isGiven, string parameter) => isGiven && !RestorePoint
        ? new ImageCmdletsException(ErrorIds.InvalidArgument, $"-{parameter} says what becomes of a restore point, and none is asked for.", parameter, $"Pass -RestorePoint too, or leave -{parameter} out.")
        : null;
}
