namespace ImageCmdlets;

/// <summary>A region of an image version: what it is to have there, and how far that is.</summary>
public sealed class ImageTargetRegion
{
    /// <summary>For PowerShell, which fills the properties from a table.</summary>
    public ImageTargetRegion()
    {
    }

    /// <param name="text">A region, with its replicas where there are several: <c>westeurope</c>, <c>westeurope=3</c>.</param>
    /// <exception cref="ImageCmdletsException">InvalidArgument.</exception>
    public ImageTargetRegion(string text)
    {
        string[] parts = text.Split('=');
        Location = parts[0].Trim();
        bool isCount = int.TryParse(parts[parts.Length - 1], out int replicas) && replicas is >= 1 and <= MostReplicas;
        if (Location.Length == 0 || parts.Length > 2 || (parts.Length == 2 && !isCount))
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"'{text}' is no region with its replicas.", text, $"Write westeurope, or westeurope=3 for 3 replicas there; a region has 1 to {MostReplicas}.");
        if (parts.Length == 2)
            ReplicaCount = replicas;
    }

    /// <summary>The most replicas that a region can have.</summary>
    public const int MostReplicas = 100;

    /// <summary>The region's short name, or as shown to people.</summary>
    public string Location { get; set; } = string.Empty;

    /// <summary>How many copies are kept there: one for about every 20 machines that are made at once. Null: as it is, or 1.</summary>
    public int? ReplicaCount { get; set; }

    /// <summary><c>Standard_LRS</c>, <c>Standard_ZRS</c> or <c>Premium_LRS</c>; null: the version's.</summary>
    public string? StorageAccountType { get; set; }

    /// <summary>Whether machines of the latest version in this region never get this one; null: as it is, or no.</summary>
    public bool? ExcludeFromLatest { get; set; }

    /// <summary>The id of the disk encryption set of the OS disk's copies there, and of the data disks' unless they have their own; null: keys of the platform.</summary>
    public string? DiskEncryptionSetId { get; set; }

    /// <summary>The ids of the disk encryption sets of the data disks, by LUN order; empty: that of the OS disk.</summary>
    public IReadOnlyList<string> DataDiskEncryptionSetId { get; set; } = [];

    /// <summary><c>Replicating</c>, <c>Completed</c>, <c>Failed</c> or <c>Unknown</c>; null where it was not asked for.</summary>
    public string? State { get; init; }

    /// <summary>0 to 100; null where it was not asked for.</summary>
    public int? Progress { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Detail { get; init; }

    public override string ToString() => ReplicaCount is > 1 ? $"{Location}={ReplicaCount}" : Location;
}
