using System.Globalization;
using ImageCmdlets.Engine.Disks;

namespace ImageCmdlets.Engine.Copying;

/// <summary>One disk of an image on its way.</summary>
/// <param name="Reference">The disk as the image tells it.</param>
internal sealed record CopyDisk(DiskReference Reference)
{
    public const string OSStep = "os";

    /// <summary>The part of temporary names that stands for this disk: <c>os</c>, <c>lun0</c> …</summary>
    public string Step => Reference.Lun is { } lun ? "lun" + lun.ToString(CultureInfo.InvariantCulture) : OSStep;

    /// <summary>The disk or snapshot behind it; null for a VHD blob, and where it is gone.</summary>
    public DiskFacts? Source { get; init; }

    /// <summary>Whether the image was made from a VHD blob.</summary>
    public bool IsBlob => ResourceId.TryParse(Reference.SourceId) is null;

    /// <summary>Whether an earlier run has taken its snapshot in the source region: all that there is where the disk is gone.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether its snapshot in the source region is there or can be made.</summary>
    public bool HasBytes => IsTaken || IsBlob || Source is not null;

    /// <summary>What tells these bytes from others under the same name; null where they are gone.</summary>
    public string? ContentId => IsBlob ? Reference.SourceId : Source?.UniqueId ?? Source?.Id.Text;

    /// <summary>Its share of the bytes: GiB, at least one.</summary>
    public int Weight => Math.Max(1, Source?.SizeGB ?? Reference.DiskSizeGB ?? 1);

    /// <summary>Whether the source is a snapshot that can travel as it is.</summary>
    public bool IsReady => Source is { IsSnapshot: true, Incremental: true };
}
