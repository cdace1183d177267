namespace ImageCmdlets;

/// <summary>What images, machines and snapshots can be made of.</summary>
public enum ImageSourceKind
{
    /// <summary>An image of the marketplace, by its URN.</summary>
    MarketplaceImage,

    /// <summary>A managed image.</summary>
    CustomImage,

    /// <summary>A version of an image in a gallery.</summary>
    ImageVersion,

    /// <summary>A virtual machine.</summary>
    VM,

    /// <summary>A managed disk.</summary>
    Disk,

    /// <summary>A snapshot of a disk.</summary>
    Snapshot,

    /// <summary>A VHD: a file of this machine, or a blob.</summary>
    Vhd,
}
