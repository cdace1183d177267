using System.Globalization;
using ImageCmdlets.Engine.Naming;

namespace ImageCmdlets.Engine.Copying;

/// <summary>The names of temporaries, a pure function of the image, its content, where they go and the step, so that any run finds
/// again what another began.</summary>
/// <remarks>A name has two hashes: the way (what goes where), and what the bytes are. A machine that was made anew under its old name
/// has other bytes, so nothing of the one before is ever taken for its own. What stays in the region of the image goes nowhere: its
/// names are the same for every set of targets.</remarks>
internal sealed class CopyNames
{
    private const string Prefix = "imagecopy-";

    // Names of galleries have no dashes.
    private const string GalleryPrefix = "imagecopy_";
    private const int Digits = 8;
    private readonly string _way;
    private readonly string _content;

    private CopyNames(string way, string content)
    {
        _way = way;
        _content = content;
    }

    /// <summary>The names of what all copies of an image share.</summary>
    /// <param name="image">The image that is copied.</param>
    /// <param name="content">From <c>ContentOf</c>.</param>
    public static CopyNames Shared(CustomImage image, string content) => new(StableHash.Of(Digits, [.. Source(image)]), content);

    /// <summary>The names of what one copy has for itself.</summary>
    /// <param name="image">The image that is copied.</param>
    /// <param name="targetId">The id of the copy.</param>
    /// <param name="content">From <c>ContentOf</c>.</param>
    public static CopyNames Of(CustomImage image, string targetId, string content) => new(StableHash.Of(Digits, [.. Source(image), targetId]), content);

    /// <summary>What stands for the bytes of an image whose disks nobody looks at: Azure changes no image, so its creation tells it from
    /// another one under its name.</summary>
    public static string ContentOf(DateTimeOffset created) => StableHash.Of(Digits, created.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>What stands for the bytes of the source's disks; empty where a disk is gone, and nobody knows what it held.</summary>
    /// <param name="contentIds">What tells the bytes of each disk from others; null where the disk is gone.</param>
    public static string ContentOf(IReadOnlyList<string?> contentIds) =>
        contentIds.Contains(null) ? string.Empty : StableHash.Of(Digits, [.. contentIds.OfType<string>()]);

    /// <summary>False where the source's disks are gone and nothing tells what they held: then there are no such temporaries.</summary>
    public bool KnowContent => _content.Length > 0;

    /// <summary>Whether a temporary holds what the source's disks hold now, and not what those of an earlier image of its name held.</summary>
    public bool IsOfContent(string name) => string.Equals(AnyContentIn(name), _content, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of a temporary.</summary>
    /// <param name="step">What it holds, such as <c>os</c> or <c>lun0</c>.</param>
    public string Name(string step) => $"{Prefix}{_way}{_content}-{step}";

    /// <summary>The name of a temporary gallery.</summary>
    public string GalleryName => $"{GalleryPrefix}{_way}{_content}";

    /// <summary>Whether an image was made from the temporaries of these names: it goes on naming them after they are gone.</summary>
    /// <param name="osSourceName">The snapshot or disk that the image says its OS disk is from.</param>
    /// <param name="step">The step in that name.</param>
    public bool Made(string? osSourceName, string step) => KnowContent
        ? string.Equals(osSourceName, Name(step), StringComparison.OrdinalIgnoreCase)
        : ContentIn(osSourceName) is not null && osSourceName!.EndsWith("-" + step, StringComparison.OrdinalIgnoreCase);

    /// <summary>The content that a name of this way tells; null for another way's name.</summary>
    public string? ContentIn(string? name)
    {
        string start = Prefix + _way;
        return name is not null && name.Length > start.Length + Digits && name.StartsWith(start, StringComparison.OrdinalIgnoreCase)
            ? name.Substring(start.Length, Digits).ToLowerInvariant()
            : null;
    }

    /// <summary>The content that a temporary's name tells, whichever its way; null for any other name.</summary>
    /// <remarks>Also of a temporary gallery's.</remarks>
    public static string? AnyContentIn(string name)
    {
        int start = Prefix.Length + Digits;
        bool isName = (name.Length > start + Digits && name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            || (name.Length == start + Digits && name.StartsWith(GalleryPrefix, StringComparison.OrdinalIgnoreCase));
        return isName ? name.Substring(start, Digits).ToLowerInvariant() : null;
    }

    private static IEnumerable<string> Source(CustomImage image) =>
        [image.Id, .. CopySource.DisksOf(image).Select(disk => disk.SourceId ?? string.Empty)];
}
