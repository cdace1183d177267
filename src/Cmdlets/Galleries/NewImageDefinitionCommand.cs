using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Commands;

/// <summary>Makes an image definition; one that is there and is as wanted is given as it is.</summary>
[Cmdlet(VerbsCommon.New, "ImageDefinition", SupportsShouldProcess = true)]
[OutputType(typeof(ImageDefinition), typeof(ImageOperation))]
public sealed class NewImageDefinitionCommand : LongRunningCmdlet
{
    /// <summary>The resource group of the gallery.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = string.Empty;

    /// <summary>The gallery.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(GalleryNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string GalleryName { get; set; } = string.Empty;

    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [Alias("n", "DefinitionName")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The id of a machine, image, version, disk or snapshot: operating system, state, generation, security type, architecture and plan are taken from it.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "ResourceId", "Source")]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string? FromSource { get; set; }

    /// <summary>The region; without it the gallery's.</summary>
    [Parameter]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>The operating system; needed where no source says it.</summary>
    [Parameter]
    [ValidateSet("Windows", "Linux")]
    public string? OSType { get; set; }

    /// <summary>Whether its images are generalized; without it as the source, else Generalized.</summary>
    [Parameter]
    [ValidateSet("Generalized", "Specialized")]
    public string? OSState { get; set; }

    /// <summary>The generation; without it as the source, else V2.</summary>
    [Parameter]
    [ValidateSet("V1", "V2")]
    public string? HyperVGeneration { get; set; }

    /// <summary>The processor; without it as the source, else x64.</summary>
    [Parameter]
    [ValidateSet("x64", "Arm64")]
    public string? Architecture { get; set; }

    /// <summary>The security type of its machines; without it as the source, else Standard.</summary>
    [Parameter]
    [ValidateSet("Standard", "TrustedLaunch", "TrustedLaunchSupported", "ConfidentialVM", "ConfidentialVMSupported", "TrustedLaunchAndConfidentialVMSupported")]
    public string? SecurityType { get; set; }

    /// <summary>The first part of its identifier; without it the gallery's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Publisher { get; set; }

    /// <summary>The second part of its identifier; without it its name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Offer { get; set; }

    /// <summary>The third part of its identifier; without it its name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Sku { get; set; }

    /// <summary>The purchase plan of its machines as Publisher:Product:Name; without it the source's.</summary>
    [Parameter]
    [ValidateNotNull]
    public PurchasePlan? Plan { get; set; }

    /// <summary>What it is for.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>From when on it should not be used any more; Azure goes on letting it be used.</summary>
    [Parameter]
    [Alias("EndOfLifeDate")]
    public DateTime EndOfLife { get; set; }

    /// <summary>Further features by name, such as @{ IsAcceleratedNetworkSupported = 'True' }.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Feature { get; set; }

    /// <summary>Its tags.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    private protected override IReadOnlyList<string> GivenLocations => Location is null ? [] : [Location];

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        ArgumentCheck.Group(nameof(ResourceGroupName), ResourceGroupName),
        ArgumentCheck.NewName(ResourceTypes.Gallery, GalleryName),
        ArgumentCheck.NewName(ResourceTypes.GalleryImage, Name),
        TagTable.Problem(Tag),
    ];

    protected override void ProcessRecord()
    {
        ImageSession session = RequireSession();
        if (!ShouldProcess($"{Name} in gallery {GalleryName}, {ResourceGroupName}", "Create image definition"))
            return;

        NewDefinitionOptions options = Options();
        RunOptions run = RunOptions;
        RunOrStartJob((sink, token) => DefinitionService.CreateAsync(session, options, run, sink, token));
    }

    private NewDefinitionOptions Options() => new()
    {
        ResourceGroupName = ResourceGroupName,
        GalleryName = GalleryName,
        Name = Name,
        SubscriptionId = SubscriptionId,
        Location = Location,
        FromSource = FromSource,
        OSType = OSType,
        OSState = OSState,
        HyperVGeneration = HyperVGeneration,
        Architecture = Architecture,
        SecurityType = SecurityType,
        Publisher = Publisher,
        Offer = Offer,
        Sku = Sku,
        Plan = Plan,
        Description = Description,
        EndOfLifeDate = IsBound(nameof(EndOfLife)) ? new DateTimeOffset(EndOfLife) : null,
        Feature = Feature?.Cast<DictionaryEntry>().ToDictionary(entry => entry.Key.ToString()!, entry => entry.Value?.ToString() ?? string.Empty, StringComparer.OrdinalIgnoreCase),
        Tag = TagTable.Read(Tag),
    };
}
