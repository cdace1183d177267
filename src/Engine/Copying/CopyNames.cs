using ImageCmdlets.Engine.Naming;

namespace ImageCmdlets.Engine.Copying;

/// <summary>The names of temporaries, a pure function of the source, its content, the target and the step, so that the same command
/// finds them again after any crash.</summary>
/// <remarks>The name has two hashes: where the bytes go, and what they are. A machine that was made anew under its old name has other
/// bytes, so nothing of the one before is ever taken for its own.</remarks>
internal sealed class CopyNames
{
    private const string Prefix = "imagecopy-";
    private const int Digits = 8;
    private readonly string _way;
    private readonly string _content;

    private CopyNames(string way, string content)
    {
        _way = way;
        _content = content;
    }

    /// <param name="image">The image that is copied.</param>
    /// <param name="targets">The ids of the copies that share the temporary; their order does not count.</param>
    /// <param name="contentIds">What tells the bytes of the source's disks from others; empty where they are gone.</param>
    public static CopyNames Of(CustomImage image, IEnumerable<string> targets, IReadOnlyList<string> contentIds)
    {
        IEnumerable<string> disks = CopySource.DisksOf(image).Select(disk => disk.SourceId ?? string.Empty);
        string way = StableHash.Of(Digits, [image.Id, .. disks, .. targets.OrderBy(id => id, StringComparer.OrdinalIgnoreCase)]);
        return new CopyNames(way, contentIds.Count == 0 ? string.Empty : StableHash.Of(Digits, [.. contentIds]));
    }

    /// <summary>False where the source's disks are gone and no copy tells what they held: then there are no such temporaries.</summary>
    public bool KnowContent => _content.Length > 0;

    /// <summary>The name of a temporary.</summary>
    /// <param name="step">What it holds, such as <c>os</c> or <c>lun0</c>.</param>
    public string Name(string step) => $"{Prefix}{_way}{_content}-{step}";

    /// <summary>Whether an image was made from the temporaries of these names: it goes on naming its snapshots after they are gone.</summary>
    /// <param name="osSnapshotName">The snapshot that the image says its OS disk is from.</param>
    public bool Made(string? osSnapshotName)
    {
        if (osSnapshotName is null || !osSnapshotName.StartsWith(Prefix + _way, StringComparison.OrdinalIgnoreCase))
            return false;

        return !KnowContent || string.Equals(osSnapshotName, Name(CopyDisk.OSStep), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The same names with the content that an existing copy tells, for a source whose disks are gone.</summary>
    public CopyNames WithContentOf(string osSnapshotName)
    {
        int start = Prefix.Length + Digits;
        return KnowContent || osSnapshotName.Length < start + Digits ? this : new CopyNames(_way, osSnapshotName.Substring(start, Digits));
    }
}
