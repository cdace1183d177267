using System.Globalization;
using ImageCmdlets.Engine.Lineage;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>What Azure has no place for in a snapshot: whose disk it was, where it sat, and which others were taken with it.</summary>
internal static class SnapshotTags
{
    private const string VMTag = "imagecmdlets-vm";
    private const string SetTag = "imagecmdlets-set";
    private const string LunTag = "imagecmdlets-lun";

    private const string OriginTag = "imagecmdlets-origin";
    private const string ConsistencyTag = "imagecmdlets-consistency";
    private const string RestorePointTag = "imagecmdlets-restorepoint";

    // What is as true of a copy as of its source.
    private static readonly string[] s_carried = [VMTag, SetTag, LunTag, OriginTag, ConsistencyTag, RestorePointTag, .. MachineTags.Names, .. LineageTags.Names];

    public static string? VMId(IReadOnlyDictionary<string, string> tags) => tags.TryGetValue(VMTag, out string? id) ? id : null;

    public static string? SetId(IReadOnlyDictionary<string, string> tags) => tags.TryGetValue(SetTag, out string? id) ? id : null;

    public static int? Lun(IReadOnlyDictionary<string, string> tags) =>
        tags.TryGetValue(LunTag, out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int lun) ? lun : null;

    /// <summary>The disk or image that it is of in truth, where it was taken by way of a disk that was made for it.</summary>
    public static string? Origin(IReadOnlyDictionary<string, string> tags) => tags.TryGetValue(OriginTag, out string? id) ? id : null;

    /// <summary>How far the set agrees, as its restore point said.</summary>
    public static string? Consistency(IReadOnlyDictionary<string, string> tags) => tags.TryGetValue(ConsistencyTag, out string? mode) ? mode : null;

    public static string? RestorePointId(IReadOnlyDictionary<string, string> tags) => tags.TryGetValue(RestorePointTag, out string? id) ? id : null;

    /// <summary>Makes tags those of another set.</summary>
    public static void Join(IDictionary<string, string> tags, string setId) => tags[SetTag] = setId;

    /// <summary>Gives the tags of a copy what those of its source say.</summary>
    public static void Carry(IReadOnlyDictionary<string, string> source, IDictionary<string, string> tags)
    {
        foreach (string name in s_carried)
        {
            if (source.TryGetValue(name, out string? value))
                tags[name] = value;
        }
    }

    /// <summary>Adds of what a snapshot is that was taken by way of a disk made for it.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="origin">The id of the disk or image.</param>
    public static void WriteOrigin(IDictionary<string, string> tags, string origin) => tags[OriginTag] = OperationTags.Value(origin);

    /// <summary>Adds what a restore point said.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="consistency">How far the disks agree.</param>
    /// <param name="keptId">Its id, where it is kept.</param>
    public static void WritePoint(IDictionary<string, string> tags, string consistency, string? keptId)
    {
        tags[ConsistencyTag] = consistency;
        if (keptId is not null)
            tags[RestorePointTag] = OperationTags.Value(keptId);
    }

    /// <summary>Adds set and place of a disk of an image.</summary>
    public static void Write(IDictionary<string, string> tags, string setId, int? lun)
    {
        tags[SetTag] = setId;
        if (lun is { } number)
            tags[LunTag] = number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Adds to tags that are about to be written.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="vmId">The machine.</param>
    /// <param name="setId">The set.</param>
    /// <param name="lun">Null for the OS disk.</param>
    public static void Write(IDictionary<string, string> tags, string vmId, string setId, int? lun)
    {
        tags[VMTag] = OperationTags.Value(vmId);
        Write(tags, setId, lun);
    }
}
