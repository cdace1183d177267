using System.Collections;
using System.Management.Automation;
using ImageCmdlets.Engine.Marketplace;

namespace ImageCmdlets.Commands;

/// <summary>The base of what makes machines of an image, by themselves or in scale sets: where, of what, and who administers them.</summary>
public abstract class MachineMakingCmdlet : LongRunningCmdlet
{
    internal static IReadOnlyList<string> SecurityTypes { get; } = ["Standard", "TrustedLaunch"];

    /// <summary>The resource group; made in <c>-Location</c> if it is missing.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("g")]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = string.Empty;

    /// <summary>A URN, an alias of az such as Ubuntu2204, the id of an image, image definition or image version, that of an image which somebody else shares, or the name of an image in the resource group.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Urn", "Id", "ImageId", "ResourceId")]
    [ArgumentCompleter(typeof(MachineImageCompleter))]
    [ValidateNotNullOrEmpty]
    public string Image { get; set; } = string.Empty;

    /// <summary>The administrator's name and password.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The administrator's name, where it is not the credential's; without both azureuser.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AdminUserName { get; set; }

    /// <summary>Public keys in OpenSSH form, for Linux.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] SshPublicKey { get; set; } = [];

    /// <summary>The id of a subnet, or the name of a virtual network in the resource group.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Subnet { get; set; }

    /// <summary>The purchase plan, as Publisher:Product:Name; without it the image's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public PurchasePlan? Plan { get; set; }

    /// <summary>Sizes in GiB of empty data disks, beside those that come with the image.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public int[] DataDiskSizeGB { get; set; } = [];

    /// <summary>The kind of all disks, such as Premium_LRS; without it Azure's choice for the size.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DiskTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? StorageAccountType { get; set; }

    /// <summary>Standard, or TrustedLaunch. Only standard machines fit into managed images.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SecurityTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string SecurityType { get; set; } = "Standard";

    /// <summary>System for an identity of its own, and ids of user-assigned identities.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AssignIdentity { get; set; } = [];

    /// <summary>What cloud-init, or a script in the image, finds in the guest; at most 65,535 bytes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CustomData { get; set; }

    /// <summary>Ids of backend pools of load balancers that are there; with several regions each machine is put into those of its own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] LoadBalancerPoolId { get; set; } = [];

    /// <summary>The id of a proximity placement group, or the name of one in the resource group.</summary>
    [Parameter]
    [Alias("ppg")]
    [ValidateNotNullOrEmpty]
    public string? ProximityPlacementGroup { get; set; }

    /// <summary>Spot machines: cheaper, and Azure may take them away again.</summary>
    [Parameter]
    public SwitchParameter Spot { get; set; }

    /// <summary>What becomes of a spot machine that Azure takes away: Deallocate, as without it, or Delete.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EvictionPolicy { get; set; }

    /// <summary>The most that an hour of a spot machine may cost, in US dollars; without it as much as an ordinary one.</summary>
    [Parameter]
    [ValidateRange(0.00001, 10000.0)]
    public double MaxPrice { get; set; }

    /// <summary>Extensions that are installed when a machine is ready, in this order; a table makes one: Publisher, Type, Version, Name, Setting, ProtectedSetting.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ImageVMExtension[] Extension { get; set; } = [];

    /// <summary>Tags for what is made.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    private protected override IEnumerable<ImageCmdletsException?> ArgumentProblems() =>
    [
        ArgumentCheck.Group(nameof(ResourceGroupName), ResourceGroupName),
        ArgumentCheck.OneOf(nameof(SecurityType), SecurityType, SecurityTypes),
        ArgumentCheck.OneOf(nameof(StorageAccountType), StorageAccountType, DiskTypes.OfMachines),
        ArgumentCheck.OneOf(nameof(EvictionPolicy), EvictionPolicy, ["Deallocate", "Delete"]),
        TagTable.Problem(Tag),
    ];

    /// <summary>A machine, as far as it follows from these parameters.</summary>
    private protected NewVMOptions Machine(string name, IReadOnlyDictionary<string, string>? tags) => new()
    {
        SubscriptionId = SubscriptionId,
        ResourceGroupName = ResourceGroupName,
        Name = name,
        Image = ImageAliases.UrnOf(Image),
        AdminUserName = AdminUserName ?? Credential?.UserName,
        AdminPassword = Credential?.Password,
        SshPublicKey = SshPublicKey,
        Subnet = Subnet,
        Plan = Plan,
        DataDiskSizeGB = DataDiskSizeGB,
        StorageAccountType = StorageAccountType,
        SecurityType = SecurityType,
        Identity = AssignIdentity,
        CustomData = CustomData,
        LoadBalancerPoolId = LoadBalancerPoolId,
        ProximityPlacementGroup = ProximityPlacementGroup,
        Spot = Spot,
        EvictionPolicy = EvictionPolicy,
        MaxPrice = MaxPrice > 0 ? MaxPrice : null,
        Extension = PlainSettings.Of(Extension),
        Tag = tags,
    };
}
