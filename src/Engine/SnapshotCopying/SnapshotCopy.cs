using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Locations;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Snapshots;

namespace ImageCmdlets.Engine.SnapshotCopying;

/// <summary>One copy of one snapshot: what it is, and how far it is.</summary>
internal sealed class SnapshotCopy(SnapshotCopyTarget target, DiskFacts source)
{
    public SnapshotCopyTarget Target => target;

    public DiskFacts Source => source;

    /// <summary>The copy to make.</summary>
    public ResourceId Id { get; } = ResourceId.TryParse(target.Id)!;

    /// <summary>The short name of the region; as the user wrote it before it is known.</summary>
    public string Region { get; set; } = target.Location;

    public bool IsAcrossRegions => !LocationCatalog.Same(source.Location, Region);

    /// <summary>What tells the copies that Azure takes one after the other: those of one disk to one region.</summary>
    public string Lane => $"{Region} {source.FamilyId ?? source.SourceUniqueId ?? source.Id.Text}";

    /// <summary>Subscription and region, in which Azure bounds how many copies go on at a time.</summary>
    public string Place => $"{Id.SubscriptionId} {Region}";

    /// <summary>What an earlier run, or another one that goes on now, has made of it; failed ones too.</summary>
    public DiskFacts? Existing { get; set; }

    /// <summary>Why there is no copy.</summary>
    public ImageCmdletsException? Failure { get; set; }

    /// <summary>Whether Azure has taken it on and the bytes are on their way.</summary>
    public bool IsTravelling { get; set; }

    /// <summary>Whether nothing is left to be done for it.</summary>
    public bool HasEnded { get; set; }

    public double Percent { get; set; }

    /// <summary>When its bytes began to travel, or were first seen to.</summary>
    public DateTimeOffset? Begin { get; set; }

    /// <summary>When it is to be looked at, or asked for, again.</summary>
    public DateTimeOffset NextLook { get; set; }

    /// <summary>Looks in a row that brought no answer.</summary>
    public int FailedLooks { get; set; }

    /// <summary>The tags it has in the end: those asked for, else the source's; those of its set in any case.</summary>
    public Dictionary<string, string> Tags()
    {
        Dictionary<string, string> tags = OperationTags.CarriedOver(source.Tag, target.Tag);
        SnapshotTags.Carry(source.Tag, tags);
        return tags;
    }

    public SnapshotContent Content()
    {
        Dictionary<string, string> tags = Tags();
        SnapshotMark.Write(tags, SnapshotCopyService.OperationName);
        return new SnapshotContent
        {
            SourceId = source.Id.Text,
            Location = Region,
            AcrossRegions = IsAcrossRegions,
            Incremental = source.Incremental,
            Tag = tags,
        };
    }

    public SnapshotCopyResult Result(string state, DateTimeOffset now) => new(Id.Text)
    {
        SourceId = source.Id.Text,
        State = state,
        PercentComplete = Percent,
        VMId = SnapshotTags.VMId(source.Tag),
        SetId = SnapshotTags.SetId(source.Tag),
        Lun = SnapshotTags.Lun(source.Tag),
        OSType = source.OSType,
        DiskSizeGB = source.SizeGB,
        Elapsed = Begin is { } begin ? now - begin : TimeSpan.Zero,
        Error = Failure,
        Location = Region,
        Tag = Existing is { IsUsable: true } ? SnapshotMark.Without(Existing.Tag) : Tags(),
        ProvisioningState = state is "Failed" or "NotStarted" ? null : "Succeeded",
    };
}
