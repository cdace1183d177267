using System.Management.Automation;
using ImageCmdlets.Engine.Images;

namespace ImageCmdlets.Commands;

/// <summary>Makes managed images from generalized virtual machines, disks, snapshots and VHDs.</summary>
[Cmdlet(VerbsCommon.New, "CustomImage", DefaultParameterSetName = SourceSet, SupportsShouldProcess = true)]
[OutputType(typeof(CustomImage), typeof(ImageOperation))]
public sealed class NewCustomImageCommand : SourceCmdlet<NewImageOptions>
{
    private const string SourceSet = "Source";
    private const string PathSet = "Path";

    /// <summary>What it is made of.</summary>
    [Parameter(ParameterSetName = SourceSet, Mandatory = true, Position = 2, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "ResourceId", "VhdUri")]
    [ArgumentCompleter(typeof(SourceCompleter))]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public override string Source { get; set; } = string.Empty;

    /// <summary>A VHD file of this machine, which is uploaded: of fixed size, with the OS disk.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>VHD files with the data disks, which get the LUNs 0, 1 … in this order.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string[] DataDiskPath { get; set; } = [];

    /// <summary>The region a VHD lies in, without it the group's; for any other source a check, because only its own is possible.</summary>
    [Parameter]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>The system, where the source does not say it: VHDs, and disks that were uploaded.</summary>
    [Parameter]
    [ValidateSet("Windows", "Linux")]
    public string? OSType { get; set; }

    /// <summary>The generation, where the source does not say it; one that differs from the source is refused.</summary>
    [Parameter]
    [ValidateSet("V1", "V2")]
    public string? HyperVGeneration { get; set; }

    /// <summary>Ids, names or addresses of the data disks, for a source that is not a virtual machine; what has no LUN of its own gets the lowest free ones, in this order.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Alias("DataDiskSources")]
    [ValidateNotNullOrEmpty]
    public string[] DataDiskSource { get; set; } = [];

    /// <summary>Keep the image in all zones of its region; without it as the source's disks are kept.</summary>
    [Parameter]
    public SwitchParameter ZoneResilient { get; set; }

    /// <summary>The kind of disks that machines get from the image; for a source that is not a virtual machine.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DiskTypeCompleter))]
    [Alias("StorageSku")]
    [ValidateNotNullOrEmpty]
    public string? StorageAccountType { get; set; }

    /// <summary>The caching of the OS disk; for a source that is not a virtual machine.</summary>
    [Parameter]
    [Alias("OSDiskCaching")]
    [ValidateSet("None", "ReadOnly", "ReadWrite")]
    public string? Caching { get; set; }

    /// <summary>Let the clone stay that Invoke-Generalize -PreserveSource made for the image; without it the clone is removed when the image is there.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    public SwitchParameter KeepClone { get; set; }

    private protected override string MadeType => ResourceTypes.Image;

    private protected override IReadOnlyList<string> GivenLocations => Location is null ? [] : [Location];

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        .. base.ArgumentProblems(),
        ArgumentCheck.OneOf(nameof(StorageAccountType), StorageAccountType, DiskTypes.OfMachines),
        .. DataDiskSource.Select(source => ArgumentCheck.Source(nameof(DataDiskSource), source)),
        ParameterSetName == PathSet && NoWait
            ? new ImageCmdletsException(ErrorIds.InvalidArgument, "The bytes of a file travel only while this command runs.", nameof(NoWait), "Leave -NoWait out, or use -AsJob.")
            : null,
    ];

    private protected override bool IsOfOtherSource => ParameterSetName == PathSet;

    private protected override string SourceDescription => IsOfOtherSource ? Path : base.SourceDescription;

    private protected override string ActionName => Name is null ? "Create image" : $"Create image {Name}";

    private protected override NewImageOptions Request(IReadOnlyDictionary<string, string>? tags) => new()
    {
        Source = IsOfOtherSource ? FileOf(Path) : Source,
        IsFile = IsOfOtherSource,
        Name = Name,
        ResourceGroupName = ResourceGroupName,
        SubscriptionId = SubscriptionId,
        Location = Location,
        OSType = OSType,
        HyperVGeneration = HyperVGeneration,
        DataDiskSource = IsOfOtherSource ? [.. DataDiskPath.Select(FileOf)] : DataDiskSource,
        ZoneResilient = IsBound(nameof(ZoneResilient)) ? ZoneResilient : null,
        StorageAccountType = StorageAccountType,
        Caching = Caching,
        KeepClone = KeepClone,
        Tag = tags,
    };

    private protected override Task ExecuteAsync(ImageSession session, IReadOnlyList<NewImageOptions> requests, RunOptions run, IOperationSink sink, CancellationToken cancellationToken) =>
        ImageService.CreateAsync(session, requests, run, sink, cancellationToken);

    private string FileOf(string path) => new ProviderFiles(SessionState.Path).Find(path, hasWildcards: false)[0];
}
