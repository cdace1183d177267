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

    /// <summary>Linux: users that stay, the one that Azure made and root's authorized keys included where they are named.</summary>
    public IReadOnlyList<string> KeepUser { get; init => field = value.ToArray(); } = [];

    /// <summary>Linux: users that go besides the one that Azure made.</summary>
    public IReadOnlyList<string> RemoveUser { get; init => field = value.ToArray(); } = [];

    /// <summary>Generalize a clone, made of snapshots of all disks; the machine itself is neither stopped nor marked.</summary>
    public bool PreserveSource { get; init; }
}
