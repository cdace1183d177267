namespace ImageCmdlets;

/// <summary>How far the removal of a virtual machine goes.</summary>
public sealed record RemoveVMOptions
{
    /// <summary>The id of the virtual machine; one that is gone already, so that only what it left behind is removed.</summary>
    public required string Id { get; init; }

    /// <summary>Leave its disks.</summary>
    public bool KeepDisk { get; init; }

    /// <summary>Leave its network interface, public address, security group and virtual network.</summary>
    public bool KeepNetwork { get; init; }

    /// <summary>Remove the resource group too, if New-ImageVM made it and nothing is left in it.</summary>
    public bool RemoveResourceGroup { get; init; }
}
