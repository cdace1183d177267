namespace ImageCmdlets;

/// <summary>One version in a plan of retention: whether it stays or goes, and why.</summary>
public sealed class ImageRetention
{
    /// <summary>The full ARM id of the version.</summary>
    public required string Id { get; init; }

    /// <summary>The number, as <see cref="Version"/>.</summary>
    public string Name => Version;

    public string? ResourceGroupName => ResourceId.TryParse(Id)?.ResourceGroupName;

    public required string GalleryName { get; init; }

    public required string DefinitionName { get; init; }

    public required string Version { get; init; }

    public required ImageRetentionAction Action { get; init; }

    /// <summary>All that keeps it; of one that goes, what does not keep it any more.</summary>
    public required IReadOnlyList<string> Reason { get; init => field = value.ToArray(); }

    public DateTimeOffset? PublishedDate { get; init; }

    public DateTimeOffset? EndOfLifeDate { get; init; }

    public string? ProvisioningState { get; init; }

    /// <summary>How many machines, scale sets and instances use it; null where that was not looked at or could not be read.</summary>
    public int? UseCount { get; init; }

    /// <summary>OS and data disks together, in GiB, once; each replica of each region takes as much again.</summary>
    public int? SizeGB { get; init; }

    /// <summary>Replicas in all its regions.</summary>
    public int ReplicaCount { get; init; }

    /// <summary>The rules of the plan, by which Invoke-ImageRetention looks again before it removes anything.</summary>
    public required GetImageRetentionOptions Rule { get; init; }

    public override string ToString() => $"{Action} {DefinitionName} {Version}: {string.Join("; ", Reason)}";
}
