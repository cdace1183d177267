namespace ImageCmdlets;

/// <summary>Something that a command made on its way to an image, and that nobody needs any more.</summary>
public sealed class ImageLeftover(string id) : ArmResource(id)
{
    /// <summary>What it is in one word: <c>Snapshot</c>, <c>Disk</c>, <c>VirtualMachine</c>, <c>ResourceGroup</c> …</summary>
    public string Kind => Type is null ? "ResourceGroup" : char.ToUpperInvariant(LastPart[0]) + LastPart.Substring(1).TrimEnd('s');

    /// <summary>Such as <c>Microsoft.Compute/snapshots</c>; null for a resource group.</summary>
    public string? Type { get; } = ImageCmdlets.ResourceId.TryParse(id)?.ResourceType;

    /// <summary>Whose command made it.</summary>
    public LeftoverMaker Maker { get; init; }

    /// <summary>Why it is believed to be left over: by what it was recognised, and why nobody needs it.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>Null where Azure does not say; for a resource group that of the first thing in it.</summary>
    public DateTimeOffset? TimeCreated { get; init; }

    /// <summary>Size in GiB of a disk or snapshot; null for everything else.</summary>
    public int? SizeGB { get; init; }

    /// <summary>Who may still need it, or keeps it: an attached machine, a machine that runs, access to its bytes, a lock; null where nobody.</summary>
    public string? InUse { get; init; }

    /// <summary>Whether Remove-ImageLeftover removes it as it is now.</summary>
    public bool IsSafeToRemove { get; init; }

    /// <summary>The id of the ImageOperation that it was for; null where another maker made it.</summary>
    public string? OperationId { get; init; }

    private string LastPart => Type!.Substring(Type.LastIndexOf('/') + 1);
}
