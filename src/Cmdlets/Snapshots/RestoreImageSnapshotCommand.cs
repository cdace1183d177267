using System.Management.Automation;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Commands;

/// <summary>Makes disks or virtual machines of snapshots, or gives virtual machines the disks back that snapshots were taken of.</summary>
[Cmdlet(VerbsData.Restore, "ImageSnapshot", DefaultParameterSetName = ToDiskSet, SupportsShouldProcess = true)]
[OutputType(typeof(ManagedDisk), typeof(ImageOperation), ParameterSetName = [ToDiskSet])]
[OutputType(typeof(ImageVM), ParameterSetName = [ToVMSet, NewVMSet])]
public sealed class RestoreImageSnapshotCommand : SourceCmdlet<RestoreSnapshotOptions>
{
    private const string ToDiskSet = "ToDisk";
    private const string ToVMSet = "ToVM";
    private const string NewVMSet = "ToNewVM";

    /// <summary>Put the disks into the virtual machine that they were taken of, in place of those that are there.</summary>
    [Parameter(ParameterSetName = ToVMSet, Mandatory = true)]
    public SwitchParameter ToVM { get; set; }

    /// <summary>The id of that virtual machine; without it the one that New-ImageSnapshot noted in the snapshot's tags.</summary>
    [Parameter(ParameterSetName = ToVMSet)]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string? VMId { get; set; }

    /// <summary>Do not ask; safety checks stay.</summary>
    [Parameter(ParameterSetName = ToVMSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Make a virtual machine of this name of the snapshots of one set.</summary>
    [Parameter(ParameterSetName = NewVMSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? NewVMName { get; set; }

    /// <summary>The size of the new machine; without it that of the machine that the snapshots were taken of.</summary>
    [Parameter(ParameterSetName = NewVMSet)]
    [ArgumentCompleter(typeof(VMSizeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Size { get; set; }

    /// <summary>The subnet of the new machine by its id, or a virtual network of the group by its name; without it that of the machine that the snapshots were taken of, else one that is there.</summary>
    [Parameter(ParameterSetName = NewVMSet)]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string? Subnet { get; set; }

    /// <summary>The kind of disk, such as Premium_LRS; without it Standard_LRS, and for a new machine the kinds that the machine had.</summary>
    [Parameter(ParameterSetName = ToDiskSet)]
    [Parameter(ParameterSetName = NewVMSet)]
    [ArgumentCompleter(typeof(DiskTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Sku { get; set; }

    /// <summary>The size in GiB, at least the snapshot's; without it the same.</summary>
    [Parameter(ParameterSetName = ToDiskSet)]
    [ValidateRange(1, 65536)]
    public int DiskSizeGB { get; set; }

    /// <summary>The availability zone of the disk, or of the new machine with its disks; without it none, and for a new machine that of the machine that was.</summary>
    [Parameter(ParameterSetName = ToDiskSet)]
    [Parameter(ParameterSetName = NewVMSet)]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Zone { get; set; }

    private protected override string MadeType => ResourceTypes.Disk;

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        .. base.ArgumentProblems(),
        ArgumentCheck.OneOf(nameof(Sku), Sku, DiskTypes.OfDisks),
        ArgumentCheck.NewName(ResourceTypes.VirtualMachine, NewVMName),
        .. ToVM ? new[] { nameof(Name), nameof(Tag), nameof(NoWait) }.Select(parameter => NotWith(parameter, nameof(ToVM))) : [],
        .. NewVMName is not null ? new[] { nameof(Name), nameof(NoWait) }.Select(parameter => NotWith(parameter, nameof(NewVMName))) : [],
    ];

    private protected override string ActionName => NewVMName is not null ? $"Restore to the new virtual machine {NewVMName}" : ToVM
        ? $"Put the disks of the snapshot into the virtual machine {VMId ?? "that it was taken of"}, which is stopped for it, or, when it is generalized, REMOVED and made again"
        : Name is null ? "Restore to a disk" : $"Restore to disk {Name}";

    private protected override bool ApproveSource() => ToVM ? ApproveDestruction(SourceDescription, ActionName, Force) : base.ApproveSource();

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
        ToVM = ToVM,
        VMId = VMId,
        NewVMName = NewVMName,
        Size = Size,
        Subnet = Subnet,
    };

    private protected override Task ExecuteAsync(ImageSession session, IReadOnlyList<RestoreSnapshotOptions> requests, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) => NewVMName is not null
        ? SnapshotService.RestoreToNewVMAsync(session, requests, run, sink, cancellationToken)
        : ToVM ? SnapshotService.RestoreToVMAsync(session, requests, run, sink, cancellationToken)
        : SnapshotService.RestoreAsync(session, requests, run, sink, cancellationToken);

    // A machine's way back has several steps, and its disks the names, tags and sizes of those that they follow.
    private ImageCmdletsException? NotWith(string parameter, string other) => ArgumentCheck.NotWith(IsBound(parameter), parameter, other);
}
