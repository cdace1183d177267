using System.Management.Automation;
using ImageCmdlets.Engine.Fleets;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Commands;

/// <summary>Makes virtual machines from marketplace images, managed images or gallery versions, with network and disks.</summary>
/// <remarks>Requests are gathered while the pipeline runs and carried out side by side at its end.</remarks>
[Cmdlet(VerbsCommon.New, "ImageVM", SupportsShouldProcess = true, DefaultParameterSetName = ByName)]
[OutputType(typeof(ImageVM), typeof(ImageOperation))]
public sealed class NewImageVMCommand : MachineMakingCmdlet
{
    private const string ByName = "ByName";
    private const string ByCount = "ByCount";
    private readonly List<NewVMOptions> _requests = [];
    private readonly List<NewFleetOptions> _fleets = [];

    /// <summary>The names of the machines; several are made side by side.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [Alias("n", "VMName")]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>How many machines there are to be; those that are there already count.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByCount)]
    [ValidateRange(1, FleetService.MostMachines)]
    public int Count { get; set; }

    /// <summary>What the names of the machines begin with: web makes web001, web002 and so on.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByCount)]
    [ValidateNotNullOrEmpty]
    public string NamePrefix { get; set; } = string.Empty;

    /// <summary>The region; without it that of a managed image, else of the resource group. With -Count several, which get equal shares.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("l")]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Location { get; set; } = [];

    /// <summary>The size; without it Standard_D2s_v5, or Standard_D2ps_v5 for Arm64 images.</summary>
    [Parameter]
    [Alias("VMSize")]
    [ArgumentCompleter(typeof(VMSizeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Size { get; set; }

    /// <summary>The name that the machine has for itself; without it made of its name.</summary>
    [Parameter(ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string? ComputerName { get; set; }

    /// <summary>No public address.</summary>
    [Parameter]
    public SwitchParameter NoPublicIPAddress { get; set; }

    /// <summary>The availability zone. With -Count several, which get equal shares; without it all in which a region has the size.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ZoneCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Zone { get; set; } = [];

    /// <summary>No machine is in a zone.</summary>
    [Parameter(ParameterSetName = ByCount)]
    public SwitchParameter NoZone { get; set; }

    /// <summary>Gives the image version as many replicas in each region as so many machines want, one for every 20, and waits for them.</summary>
    [Parameter(ParameterSetName = ByCount)]
    public SwitchParameter EnsureReplica { get; set; }

    /// <summary>Machines of the fleet that are there in the state Failed are removed, with their disks, and made anew. Without it they are an error: they may have run well before.</summary>
    [Parameter(ParameterSetName = ByCount)]
    public SwitchParameter ReplaceFailed { get; set; }

    /// <summary>How often a machine is made anew that Azure has begun and given up, in the next zone where there are several; without it once.</summary>
    [Parameter(ParameterSetName = ByCount)]
    [ValidateRange(0, 10)]
    public int RetryCount { get; set; } = 1;

    // A fleet is as fast as Azure's limits let it be: some of its machines wait for their turn anyway.
    private protected override int DefaultThrottleLimit => ParameterSetName == ByCount ? FleetService.MostMachines : base.DefaultThrottleLimit;

    private protected override IReadOnlyList<string> GivenLocations => Location;

    // Several machines may be asked for, and a bad one does not stop the good ones: only what is the same for all counts here.
    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        .. base.ArgumentProblems(),
        OneOf(nameof(Location), Location),
        OneOf(nameof(Zone), Zone),
        NoZone && Zone.Length > 0 ? new ImageCmdletsException(ErrorIds.InvalidArgument, "-Zone and -NoZone exclude each other.", nameof(Zone), "Pass one of them.") : null,
    ];

    protected override void ProcessRecord()
    {
        RequireSession();
        try
        {
            IReadOnlyDictionary<string, string>? tags = TagTable.Read(Tag);
            if (ParameterSetName == ByCount)
            {
                if (ShouldProcess($"{Count} machines '{NamePrefix}*' in {ResourceGroupName}", $"Create virtual machines{(ReplaceFailed ? ", replacing those that failed with their disks" : string.Empty)}{(Location.Length == 0 ? string.Empty : $" in {string.Join(", ", Location)}")}"))
                    _fleets.Add(Fleet(tags));
                return;
            }

            foreach (string name in Name)
            {
                string action = Location.Length == 0 ? "Create virtual machine" : "Create virtual machine, and the resource group if it is missing";
                if (ShouldProcess($"{name} in {ResourceGroupName}", action))
                    _requests.Add(Request(name, tags));
            }
        }
        catch (ImageCmdletsException exception)
        {
            Report(exception);
        }
    }

    protected override void EndProcessing()
    {
        if (_requests.Count == 0 && _fleets.Count == 0)
            return;

        ImageSession session = RequireSession();
        RunOptions run = RunOptions;
        if (_fleets.Count > 0)
        {
            NewFleetOptions[] fleets = [.. _fleets];
            RunOrStartJob(async (sink, token) =>
            {
                foreach (NewFleetOptions fleet in fleets)
                    await FleetService.NewAsync(session, fleet, run, sink, token).ConfigureAwait(false);
            });
            return;
        }

        NewVMOptions[] requests = [.. _requests];
        RunOrStartJob((sink, token) => VMService.NewAsync(session, requests, run, sink, token));
    }

    private NewFleetOptions Fleet(IReadOnlyDictionary<string, string>? tags) => new()
    {
        Machine = Request(NamePrefix, tags) with { Location = null, Zone = null },
        NamePrefix = NamePrefix,
        Count = Count,
        Location = Location,
        Zone = Zone,
        NoZone = NoZone,
        EnsureReplica = EnsureReplica,
        ReplaceFailed = ReplaceFailed,
        RetryCount = RetryCount,
    };

    private ImageCmdletsException? OneOf(string parameter, string[] values) => ParameterSetName == ByCount || values.Length < 2 ? null : new ImageCmdletsException(ErrorIds.InvalidArgument,
        $"A machine is in one place; -{parameter} has {values.Length}.", parameter, $"Pass one value with -{parameter}, or -Count and -NamePrefix to spread machines.");

    private NewVMOptions Request(string name, IReadOnlyDictionary<string, string>? tags) => Machine(name, tags) with
    {
        Location = Location.FirstOrDefault(),
        Size = Size,
        ComputerName = ComputerName,
        NoPublicIPAddress = NoPublicIPAddress,
        Zone = Zone.FirstOrDefault(),
    };
}
