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

    internal static IReadOnlyList<string> UpgradeModes { get; } = ["Manual", "Automatic", "Rolling"];

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
    [ArgumentCompleter(typeof(OrchestrationModeCompleter))]
    [ValidateNotNullOrEmpty]
    public string OrchestrationMode { get; set; } = "Flexible";

    /// <summary>How instances get a new model: Manual, when somebody asks for it; in uniform sets also Automatic, all at once, or Rolling, in batches while they are healthy.</summary>
    [Parameter]
    [Alias("UpgradePolicyMode")]
    [ArgumentCompleter(typeof(UpgradeModeCompleter))]
    [ValidateNotNullOrEmpty]
    public string UpgradeMode { get; set; } = "Manual";

    /// <summary>How many of all instances a rolling upgrade takes at once, in percent, 5 to 100; without it 20.</summary>
    [Parameter]
    [Alias("MaxBatchInstancePercent")]
    public int? MaxBatchPercent { get; set; }

    /// <summary>How many of all instances may be unhealthy when a batch begins, in percent, 5 to 100; without it 20. With more the rolling upgrade ends.</summary>
    [Parameter]
    [Alias("MaxUnhealthyInstancePercent")]
    public int? MaxUnhealthyPercent { get; set; }

    /// <summary>How many of the upgraded instances may be unhealthy after a batch, in percent, 0 to 100; without it 20. With more the rolling upgrade ends.</summary>
    [Parameter]
    [Alias("MaxUnhealthyUpgradedInstancePercent")]
    public int? MaxUnhealthyUpgradedPercent { get; set; }

    /// <summary>How long a rolling upgrade waits after each batch; without it not at all.</summary>
    [Parameter]
    [Alias("PauseTimeBetweenBatches")]
    public TimeSpan? PauseBetweenBatches { get; set; }

    /// <summary>The id of a load balancer's probe that watches the health of the instances (uniform sets only); a rule that sends to a pool of the set has to use it.</summary>
    [Parameter]
    [Alias("HealthProbe")]
    [ValidateNotNullOrEmpty]
    public string? HealthProbeId { get; set; }

    /// <summary>Puts the Application Health extension into each machine, which asks the application with http, https or tcp.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HealthProtocolCompleter))]
    [ValidateNotNullOrEmpty]
    public string? HealthProtocol { get; set; }

    /// <summary>The port that the extension asks; without it 80 for http, 443 for https.</summary>
    [Parameter]
    public int? HealthPort { get; set; }

    /// <summary>The path that answers with status 200 while the application is well; without it /.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HealthPath { get; set; }

    /// <summary>The size; without it Standard_D2s_v5, or Standard_D2ps_v5 for Arm64 images.</summary>
    [Parameter]
    [Alias("VMSize", "VMSku")]
    [ArgumentCompleter(typeof(VMSizeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Size { get; set; }

    /// <summary>The availability zones over which Azure spreads the machines; without it none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Zone { get; set; } = [];

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        .. base.ArgumentProblems(),
        ArgumentCheck.OneOf(nameof(OrchestrationMode), OrchestrationMode, OrchestrationModes),
        ArgumentCheck.OneOf(nameof(UpgradeMode), UpgradeMode, UpgradeModes),
        .. ScaleSetUpgradeRules.Problems(Request(null)),
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
        Machine = Machine(Name, tags) with { Location = Location, Size = Size },
        Capacity = Capacity,
        OrchestrationMode = InAzuresSpelling(OrchestrationModes, OrchestrationMode),
        UpgradeMode = InAzuresSpelling(UpgradeModes, UpgradeMode),
        RollingPolicy = RollingPolicy(),
        Health = Health(),
        Zone = Zone,
    };

    private static string InAzuresSpelling(IReadOnlyList<string> possible, string value) => possible.FirstOrDefault(one => string.Equals(one, value, StringComparison.OrdinalIgnoreCase)) ?? value;

    private RollingPolicyOptions? RollingPolicy()
    {
        var azure = new RollingPolicyOptions();
        return MaxBatchPercent is null && MaxUnhealthyPercent is null && MaxUnhealthyUpgradedPercent is null && PauseBetweenBatches is null ? null : new RollingPolicyOptions
        {
            MaxBatchPercent = MaxBatchPercent ?? azure.MaxBatchPercent,
            MaxUnhealthyPercent = MaxUnhealthyPercent ?? azure.MaxUnhealthyPercent,
            MaxUnhealthyUpgradedPercent = MaxUnhealthyUpgradedPercent ?? azure.MaxUnhealthyUpgradedPercent,
            PauseBetweenBatches = PauseBetweenBatches ?? azure.PauseBetweenBatches,
        };
    }

    private ScaleSetHealthOptions? Health() => HealthProbeId is null && HealthProtocol is null && HealthPort is null && HealthPath is null ? null : new ScaleSetHealthOptions
    {
        ProbeId = HealthProbeId,
        Protocol = HealthProtocol,
        Port = HealthPort,
        Path = HealthPath,
    };
}
