using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.Staging;

/// <summary>Snapshots that are taken by way of disks made for them: of the restore point of a machine, or of an image.</summary>
/// <param name="Source">The machine, image or version.</param>
/// <param name="BaseName">What the names begin with.</param>
/// <param name="SetId">The set.</param>
/// <param name="Parts">The disks, the OS disk first.</param>
internal sealed record StagedSet(ResourceId Source, string BaseName, string SetId, IReadOnlyList<StagedPart> Parts)
{
    public required NewSnapshotOptions Options { get; init; }

    public required string Location { get; init; }

    /// <summary>The id of the version that a definition stood for, or <see cref="Source"/>.</summary>
    public required string ImageId { get; init; }

    /// <summary>Null for an image.</summary>
    public MachineRestorePoint? Point { get; init; }

    /// <summary>The machine's disks that are left out.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>What the tags of everything made on the way say it is for.</summary>
    public string MadeFor => Point is null ? ImageId : Source.Text;

    public bool IsDone => Parts.All(part => part.IsDone);

    /// <summary>The tags of a snapshot.</summary>
    /// <param name="part">Which.</param>
    public Dictionary<string, string> TagsOf(StagedPart part)
    {
        // The module's own last: what they say of machine and set must stay true whatever the user's tags are.
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> tag in (Options.Tag ?? new Dictionary<string, string>()).Concat(part.Tag))
            tags[tag.Key] = tag.Value;
        SnapshotTags.Join(tags, SetId);
        SnapshotTags.WriteOrigin(tags, part.Origin);
        if (Point is not null)
            SnapshotTags.WritePoint(tags, Point.Consistency, Options.KeepRestorePoint ? Point.PointId : null);
        SnapshotMark.Write(tags);
        return tags;
    }
}
