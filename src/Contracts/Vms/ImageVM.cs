namespace ImageCmdlets;

/// <summary>A virtual machine, seen as the source or the fruit of an image.</summary>
/// <remarks>Source: <c>VirtualMachines_Get</c> with <c>$expand=instanceView</c>.</remarks>
public sealed class ImageVM(string id) : ArmResource(id)
{
    public string? VMId { get; init; }

    public string? Size { get; init; }

    /// <summary><c>Windows</c> or <c>Linux</c>.</summary>
    public string? OSType { get; init; }

    /// <summary><c>Generalized</c>, <c>Specialized</c>, or null: an ordinary machine.</summary>
    public string? OSState { get; init; }

    /// <summary><c>Running</c>, <c>Stopped</c>, <c>Deallocated</c> …; null where the instance view was not read.</summary>
    public string? PowerState { get; init; }

    /// <summary>The agent's display status, such as <c>Ready</c>.</summary>
    public string? AgentState { get; init; }

    /// <summary>What it was made from: a URN with its exact version, the id of an image, or the address of a VHD.</summary>
    public string? Image { get; init; }

    /// <summary>The same in short: the URN, the image's name, or gallery/definition/version.</summary>
    public string? ImageName => ShortImageName.Of(Image);

    public string? HyperVGeneration { get; init; }

    /// <summary><c>Standard</c>, <c>TrustedLaunch</c> or <c>ConfidentialVM</c>.</summary>
    public string SecurityType { get; init; } = "Standard";

    public string? ComputerName { get; init; }

    public string? AdminUserName { get; init; }

    public DiskReference? OSDisk { get; init; }

    public IReadOnlyList<DiskReference> DataDisk { get; init => field = value.ToArray(); } = [];

    public IReadOnlyList<string> NetworkInterfaceId { get; init => field = value.ToArray(); } = [];

    /// <summary>The first network interface's address; filled by New-ImageVM and by Get-ImageVM of one machine.</summary>
    public string? PrivateIPAddress { get; init; }

    public string? PublicIPAddress { get; init; }

    public IReadOnlyList<string> Zone { get; init => field = value.ToArray(); } = [];

    public PurchasePlan? Plan { get; init; }

    public DateTimeOffset? TimeCreated { get; init; }
}
