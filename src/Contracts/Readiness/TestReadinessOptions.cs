namespace ImageCmdlets;

/// <summary>How a virtual machine is looked at before it is generalized.</summary>
public sealed record TestReadinessOptions
{
    /// <summary>The id of the virtual machine.</summary>
    public required string Id { get; init; }

    /// <summary>Which checks; empty: all that fit the system.</summary>
    public IReadOnlyList<ReadinessCheckName> Check { get; init => field = value.ToArray(); } = [];

    /// <summary>Look at what Azure knows only, and run nothing in the guest.</summary>
    public bool SkipInGuest { get; init; }

    /// <summary>Mend everything that can be mended safely.</summary>
    public bool Fix { get; init; }
}
