using ImageCmdlets.Engine.Arm;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>One snapshot of a set that is being taken.</summary>
internal sealed class SnapshotMember(SnapshotPlan plan, SnapshotSet set)
{
    public SnapshotPlan Plan { get; private set; } = plan;

    public SnapshotSet Set => set;

    /// <summary>What an unfinished run has asked Azure for; null where it is to be made.</summary>
    public ArmAnswer? Begun { get; set; }

    /// <summary>Goes on with the set of an unfinished run.</summary>
    public void Join(string setId)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> tag in Plan.Content.Tag)
            tags[tag.Key] = tag.Value;
        SnapshotTags.Join(tags, setId);
        Plan = Plan with { Content = Plan.Content with { Tag = tags } };
    }
}
