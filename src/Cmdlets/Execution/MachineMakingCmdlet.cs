using System.Management.Automation;

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

    /// <summary>A URN, the id of an image, image definition or image version, that of an image which somebody else shares, or the name of an image in the resource group.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Urn", "Id", "ImageId", "ResourceId")]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
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

    /// <summary>A machine, as far as it follows from these parameters.</summary>
    private protected NewVMOptions Machine(string name) => new()
    {
        SubscriptionId = SubscriptionId,
        ResourceGroupName = ResourceGroupName,
        Name = name,
        Image = Image,
        AdminUserName = AdminUserName ?? Credential?.UserName,
        AdminPassword = Credential?.Password,
        SshPublicKey = SshPublicKey,
        Subnet = Subnet,
        Plan = Plan,
    };
}
