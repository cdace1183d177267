using ImageCmdlets.Engine.Tracking;

namespace ImageCmdlets.Engine.Leftovers;

/// <summary>Something that was recognised by its maker's marks, with what speaks for and against its removal.</summary>
/// <param name="Resource">What it is.</param>
/// <param name="Maker">Whose it is.</param>
/// <param name="Kit">What else belongs to the same command: they are judged and removed together.</param>
/// <param name="Reason">By what it was recognised, and why nobody needs it.</param>
internal sealed record Leftover(SeenResource Resource, LeftoverMaker Maker, string Kit, string Reason)
{
    /// <summary>Who may still need it; null where nobody.</summary>
    public string? InUse { get; init; }

    public string? OperationId { get; init; }

    /// <summary>Whether what keeps it is nothing but access to its bytes, which can be revoked.</summary>
    public bool IsOnlyAccessed { get; init; }

    /// <summary>Whether a lock keeps it.</summary>
    public bool IsLocked { get; init; }

    /// <summary>When the first thing in a group was made; null where it is no group, or an empty one.</summary>
    public DateTimeOffset? FirstCreated { get; init; }

    public ImageLeftover ToContract() => new(Resource.Id.Text)
    {
        Maker = Maker,
        Reason = Reason,
        Location = Resource.Location,
        Tag = Resource.Tag,
        ProvisioningState = Resource.ProvisioningState,
        TimeCreated = Resource.TimeCreated ?? FirstCreated,
        SizeGB = Resource.SizeGB,
        InUse = InUse,
        IsSafeToRemove = InUse is null,
        OperationId = OperationId,
    };
}
