using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.ScaleSets;

namespace ImageCmdlets.Commands;

/// <summary>Makes a scale set from a marketplace image, a managed image, an image definition or a gallery version.</summary>
[Cmdlet(VerbsCommon.New, "ImageScaleSet", SupportsShouldProcess = true)]
[OutputType(typeof(ImageScaleSet), typeof(ImageOperation))]
public sealed class NewImageScaleSetCommand : MachineMakingCmdlet
{
    private readonly List<NewScaleSetOptions> _requests = [];

    internal static IReadOnlyList<string> OrchestrationModes { get; } = ["Flexible", "Uniform"];

    internal static IReadOnlyList<string> UpgradeModes { get; } = ["Manual", "Automatic"];

    /// <summary>The name of the scale set.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("n")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The region; without it that of a managed image, else of the resource group.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <summary>How many machines the set has; without it 2.</summary>
    [Parameter]
    [Alias("Count", "InstanceCount")]
    [ValidateRange(0, 1000)]
    public int Capacity { get; set; } = 2;

    /// <summary>Flexible: ordinary machines that belong to the set. Uniform: instances of the set only, which it brings to a new model itself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string OrchestrationMode { get; set; } = "Flexible";

    /// <summary>How instances get a new model: Manual, when somebody asks for it; Automatic, all at once (uniform sets only).</summary>
    [Parameter]
    [Alias("UpgradePolicyMode")]
    [ValidateNotNullOrEmpty]
    public string UpgradeMode { get; set; } = "Manual";

    /// <summary>The size; without it Standard_D2s_v5, or Standard_D2ps_v5 for Arm64 images.</summary>
    [Parameter]
    [Alias("VMSize", "VMSku")]
    [ArgumentCompleter(typeof(VMSizeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Size { get; set; }

    /// <summary>The kind of the OS disks, such as Premium_LRS; without it Azure's choice for the size.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DiskTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? StorageAccountType { get; set; }

    /// <summary>Standard, or TrustedLaunch.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SecurityTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string SecurityType { get; set; } = "Standard";

    /// <summary>The ids of backend pools of load balancers that are there; without it the set has no load balancer.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] LoadBalancerPoolId { get; set; } = [];

    /// <summary>The availability zones over which Azure spreads the machines; without it none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Zone { get; set; } = [];

    /// <summary>Tags for the set and what is made with it.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        ArgumentCheck.Group(nameof(ResourceGroupName), ResourceGroupName),
        ArgumentCheck.OneOf(nameof(OrchestrationMode), OrchestrationMode, OrchestrationModes),
        ArgumentCheck.OneOf(nameof(UpgradeMode), UpgradeMode, UpgradeModes),
        ArgumentCheck.OneOf(nameof(SecurityType), SecurityType, SecurityTypes),
        ArgumentCheck.OneOf(nameof(StorageAccountType), StorageAccountType, DiskTypes.OfMachines),
        TagTable.Problem(Tag),
    ];

    protected override void ProcessRecord()
    {
        RequireSession();
        try
        {
            IReadOnlyDictionary<string, string>? tags = TagTable.Read(Tag);
            if (ShouldProcess($"{Name} in {ResourceGroupName}", $"Create scale set of {Capacity} machines"))
                _requests.Add(Request(tags));
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
        }
    }

    protected override void EndProcessing()
    {
        if (_requests.Count == 0)
            return;

        ImageSession session = RequireSession();
        RunOptions run = RunOptions;
        NewScaleSetOptions[] requests = [.. _requests];
        RunOrStartJob((sink, token) => ScaleSetService.NewAsync(session, requests, run, sink, token));
    }

    private NewScaleSetOptions Request(IReadOnlyDictionary<string, string>? tags) => new()
    {
        Machine = Machine(Name) with
        {
            Location = Location,
            Size = Size,
            StorageAccountType = StorageAccountType,
            SecurityType = SecurityType,
            LoadBalancerPoolId = LoadBalancerPoolId,
            Tag = tags,
        },
        Capacity = Capacity,
        OrchestrationMode = OrchestrationModes.First(mode => string.Equals(mode, OrchestrationMode, StringComparison.OrdinalIgnoreCase)),
        UpgradeMode = UpgradeModes.First(mode => string.Equals(mode, UpgradeMode, StringComparison.OrdinalIgnoreCase)),
        Zone = Zone,
    };
}
