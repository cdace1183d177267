using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Images;

/// <summary>One image to make.</summary>
/// <param name="Id">The image.</param>
/// <param name="Content">What it is to be.</param>
internal sealed record ImagePlan(ResourceId Id, ImageContent Content)
{
    /// <summary>The disks, snapshots or blobs behind it, the OS disk first, then by LUN: what tells whether an image that is there
    /// is this one.</summary>
    public required IReadOnlyList<string> SourceId { get; init; }

    /// <summary>The machine that the source is a clone of, made by Invoke-Generalize for this image alone; null where it is none.</summary>
    public ResourceId? CloneOf { get; init; }

    /// <summary>Whether that clone stays.</summary>
    public bool KeepsClone { get; init; }

    /// <summary>The files that become disks of the image, which are uploaded first and go when it is there.</summary>
    public IReadOnlyList<VhdUpload> Upload { get; init; } = [];

    /// <summary>Whether an image was made of the same.</summary>
    public bool Fits(CustomImage existing)
    {
        IEnumerable<string?> disks = (existing.OSDisk is null ? [] : new[] { existing.OSDisk }).Concat(existing.DataDisk.OrderBy(disk => disk.Lun)).Select(disk => disk.SourceId);
        return Same(existing.SourceId, Content.VMId) && disks.SequenceEqual(SourceId, StringComparer.OrdinalIgnoreCase);
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
