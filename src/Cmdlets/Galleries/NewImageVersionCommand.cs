using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Makes versions of an image in a gallery: of machines, managed images, disks, snapshots, VHDs and other versions.</summary>
[Cmdlet(VerbsCommon.New, "ImageVersion", DefaultParameterSetName = NamesSet, SupportsShouldProcess = true)]
[Alias("Publish-CustomImage")]
[OutputType(typeof(ImageVersion), typeof(ImageOperation))]
public sealed class NewImageVersionCommand : LongRunningCmdlet
{
    private const string NamesSet = "Names";
    private const string IdSet = "DefinitionId";
    private readonly List<NewVersionOptions> _requests = [];

    /// <summary>The resource group of the gallery.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NamesSet)]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = string.Empty;

    /// <summary>The gallery.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NamesSet)]
    [ArgumentCompleter(typeof(GalleryNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string GalleryName { get; set; } = string.Empty;

    /// <summary>The image definition.</summary>
    [Parameter(Mandatory = true, Position = 2, ParameterSetName = NamesSet)]
    [ArgumentCompleter(typeof(DefinitionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string DefinitionName { get; set; } = string.Empty;

    /// <summary>The id of the image definition.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string DefinitionId { get; set; } = string.Empty;

    /// <summary>What it is made of: the id of a virtual machine, managed image, image version, disk or snapshot, or the https address of a VHD.</summary>
    [Parameter(Mandatory = true, Position = 3, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "ResourceId", "VhdUri")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string Source { get; set; } = string.Empty;

    /// <summary>The data disks, for a disk, snapshot or VHD: ids or addresses, with =LUN behind one that is to have a certain one. What has none gets the lowest free ones in this order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] DataDiskSource { get; set; } = [];

    /// <summary>The id of the storage account of VHDs, where it is in another subscription.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StorageAccountId { get; set; }

    /// <summary>The version, such as 1.2.3; without it -Increment finds the number.</summary>
    [Parameter]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    /// <summary>How the number follows from the greatest there is: Patch (without it), Minor, Major, or Date (2026.1123.0).</summary>
    [Parameter]
    public VersionIncrement Increment { get; set; }

    /// <summary>The next number within this major version, after the greatest of that one.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Major { get; set; }

    /// <summary>The regions, that of the source among them: westeurope, westeurope=3 for 3 replicas, or tables with Location, ReplicaCount, StorageAccountType, ExcludeFromLatest, DiskEncryptionSetId. Without it the source's.</summary>
    [Parameter]
    [Alias("Location", "l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [TargetRegion]
    [ValidateNotNullOrEmpty]
    public ImageTargetRegion[] TargetRegion { get; set; } = [];

    /// <summary>Replicas in regions that do not say it: one for about every 20 machines that are made at once.</summary>
    [Parameter]
    [ValidateRange(1, ImageTargetRegion.MostReplicas)]
    public int ReplicaCount { get; set; } = 1;

    /// <summary>Full copies the disks; Shallow points to them, for tests: it is there at once, and gone with its source.</summary>
    [Parameter]
    [ValidateSet("Full", "Shallow")]
    public string ReplicationMode { get; set; } = "Full";

    /// <summary>Where its replicas are kept: Standard_LRS, Standard_ZRS or Premium_LRS.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StorageAccountType { get; set; }

    /// <summary>Machines of the latest version never get this one.</summary>
    [Parameter]
    public SwitchParameter ExcludeFromLatest { get; set; }

    /// <summary>Exclude it until it has been tested: Set-ImageVersion -ExcludeFromLatest:$false releases it.</summary>
    [Parameter]
    public SwitchParameter StageExcluded { get; set; }

    /// <summary>From when on it should not be used any more; Azure goes on letting it be used.</summary>
    [Parameter]
    [Alias("EndOfLifeDate")]
    public DateTime EndOfLife { get; set; }

    /// <summary>Azure refuses to delete it before its end of life.</summary>
    [Parameter]
    public SwitchParameter BlockDeletionBeforeEndOfLife { get; set; }

    /// <summary>Let the clone stay that Invoke-Generalize -PreserveSource made for it.</summary>
    [Parameter]
    public SwitchParameter KeepClone { get; set; }

    /// <summary>Its tags; without it the source's.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    private protected override IReadOnlyList<string> GivenLocations => [.. TargetRegion.Select(region => region.Location)];

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        ParameterSetName == NamesSet ? ArgumentCheck.Group(nameof(ResourceGroupName), ResourceGroupName) : null,
        ParameterSetName == NamesSet ? ArgumentCheck.NewName(ResourceTypes.Gallery, GalleryName) : null,
        ParameterSetName == NamesSet ? ArgumentCheck.NewName(ResourceTypes.GalleryImage, DefinitionName) : null,
        ArgumentCheck.NotWith(Version is not null && IsBound(nameof(Increment)), nameof(Increment), nameof(Version)),
        ArgumentCheck.NotWith(Version is not null && IsBound(nameof(Major)), nameof(Major), nameof(Version)),
        TagTable.Problem(Tag),
    ];

    protected override void ProcessRecord()
    {
        ImageSession session = RequireSession();
        string definition = ParameterSetName == IdSet ? DefinitionId
            : GalleryIds.Definition(GalleryIds.Gallery(SubscriptionId ?? session.SubscriptionId, ResourceGroupName, GalleryName), DefinitionName).Text;
        ResourceId? parsed = ResourceId.TryParse(definition);
        string number = Version ?? (IsBound(nameof(Major)) ? $"{Increment} of {Major}" : $"{Increment}");
        if (ShouldProcess($"{parsed?.Name ?? definition} of gallery {parsed?.ParentName}, {string.Join(" ", TargetRegion.Select(region => region.ToString()))}".TrimEnd(' ', ','), $"Create image version ({number}) of {Described(Source)}"))
            _requests.Add(Request(definition));
    }

    protected override void EndProcessing()
    {
        if (_requests.Count == 0)
            return;

        ImageSession session = RequireSession();
        RunOptions run = RunOptions;
        NewVersionOptions[] requests = [.. _requests];
        RunOrStartJob((sink, token) => VersionService.CreateAsync(session, requests, run, sink, token));
    }

    // Never the query of an address, which may hold a signature.
    private static string Described(string source) => ResourceId.TryParse(source)?.Name ?? source.Split('?')[0];

    private NewVersionOptions Request(string definition) => new()
    {
        DefinitionId = definition,
        Source = Source,
        DataDiskSource = DataDiskSource,
        StorageAccountId = StorageAccountId,
        Version = Version,
        Increment = Increment,
        Major = IsBound(nameof(Major)) ? Major : null,
        TargetRegion = TargetRegion,
        ReplicaCount = ReplicaCount,
        Shallow = string.Equals(ReplicationMode, "Shallow", StringComparison.OrdinalIgnoreCase),
        StorageAccountType = StorageAccountType,
        ExcludeFromLatest = ExcludeFromLatest,
        StageExcluded = StageExcluded,
        EndOfLifeDate = IsBound(nameof(EndOfLife)) ? new DateTimeOffset(EndOfLife) : null,
        BlockDeletionBeforeEndOfLife = BlockDeletionBeforeEndOfLife,
        KeepClone = KeepClone,
        Tag = TagTable.Read(Tag),
    };
}
