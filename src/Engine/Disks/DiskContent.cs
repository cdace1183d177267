namespace ImageCmdlets.Engine.Disks;

/// <summary>What a disk is to be made of.</summary>
internal sealed record DiskContent
{
    /// <summary>The id of a snapshot, disk, disk restore point, image or image version, or the https address of a VHD blob; null for a disk that is uploaded.</summary>
    public required string? SourceId { get; init; }

    /// <summary>Which data disk of an image or version; null: its OS disk.</summary>
    public int? SourceLun { get; init; }

    /// <summary>Bytes of the VHD that is uploaded, with its footer.</summary>
    public long UploadLength { get; init; }

    public required string Location { get; init; }

    /// <summary>Null: Azure's choice.</summary>
    public string? Sku { get; init; }

    /// <summary>Null: the source's.</summary>
    public int? SizeGB { get; init; }

    public string? Zone { get; init; }

    /// <summary>For a blob, which does not say it itself.</summary>
    public string? OSType { get; init; }

    /// <summary>For a blob, which does not say it itself.</summary>
    public string? HyperVGeneration { get; init; }

    /// <summary>The set of the customer's own keys; null: keys of the platform.</summary>
    public string? DiskEncryptionSetId { get; init; }

    public required IReadOnlyDictionary<string, string> Tag { get; init; }

    /// <summary>A disk of a snapshot, of the kind, size and place of another disk.</summary>
    /// <param name="pattern">The other disk; null: what Azure chooses.</param>
    /// <param name="snapshot">What it holds.</param>
    /// <param name="tags">Its tags.</param>
    public static DiskContent Like(DiskFacts? pattern, DiskFacts snapshot, IReadOnlyDictionary<string, string> tags) => new()
    {
        SourceId = snapshot.Id.Text,
        Location = snapshot.Location,
        Sku = pattern?.Sku,
        SizeGB = pattern?.SizeGB,
        Zone = pattern?.Zone.FirstOrDefault(),
        DiskEncryptionSetId = pattern?.DiskEncryptionSetId,
        Tag = tags,
    };
}
