using System.Globalization;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Snapshots;

/// <summary>What Azure has no place for in a snapshot: whose disk it was, where it sat, and which others were taken with it.</summary>
internal static class SnapshotTags
{
    private const string VMTag = "imagecmdlets-vm";
    private const string SetTag = "imagecmdlets-set";
    private const string LunTag = "imagecmdlets-lun";

    // What is as true of a copy as of its source.
    private static readonly string[] s_carried = [VMTag, SetTag, LunTag];

    public static string? VMId(IReadOnlyDictionary<string, string> tags) => tags.TryGetValue(VMTag, out string? id) ? id : null;

    public static string? SetId(IReadOnlyDictionary<string, string> tags) => tags.TryGetValue(SetTag, out string? id) ? id : null;

    public static int? Lun(IReadOnlyDictionary<string, string> tags) =>
        tags.TryGetValue(LunTag, out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int lun) ? lun : null;

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

    /// <summary>Adds to tags that are about to be written.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="vmId">The machine.</param>
    /// <param name="setId">The set.</param>
    /// <param name="lun">Null for the OS disk.</param>
    public static void Write(IDictionary<string, string> tags, string vmId, string setId, int? lun)
    {
        tags[VMTag] = OperationTags.Value(vmId);
        tags[SetTag] = setId;
        if (lun is { } number)
            tags[LunTag] = number.ToString(CultureInfo.InvariantCulture);
    }
}
