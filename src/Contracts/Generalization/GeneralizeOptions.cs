namespace ImageCmdlets;

/// <summary>How a virtual machine is generalized.</summary>
public sealed record GeneralizeOptions
{
    /// <summary>The id of the virtual machine.</summary>
    public required string Id { get; init; }

    /// <summary>Only mark the machine; somebody else ran sysprep or waagent in it.</summary>
    public bool FlagOnly { get; init; }

    /// <summary>Begin without looking whether the machine is ready.</summary>
    public bool SkipReadiness { get; init; }

    /// <summary>Take snapshots of all disks before anything is changed in the guest, and keep them: the way back.</summary>
    public bool Snapshot { get; init; }

    /// <summary>Generalize a clone, made of snapshots of all disks; the machine itself is neither stopped nor marked.</summary>
    public bool PreserveSource { get; init; }
}
