namespace ImageCmdlets;

/// <summary>How the state of a virtual machine is read.</summary>
public sealed record GetGeneralizeStateOptions
{
    /// <summary>The id of the virtual machine.</summary>
    public required string Id { get; init; }

    /// <summary>Ask Azure alone, not the guest.</summary>
    public bool SkipInGuest { get; init; }
}
