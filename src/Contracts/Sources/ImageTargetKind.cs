namespace ImageCmdlets;

/// <summary>What can become of a source.</summary>
public enum ImageTargetKind
{
    /// <summary>A virtual machine.</summary>
    VM,

    /// <summary>A managed image.</summary>
    CustomImage,

    /// <summary>A managed image in another region.</summary>
    Copy,

    /// <summary>A version in a gallery.</summary>
    ImageVersion,

    /// <summary>A snapshot.</summary>
    Snapshot,

    /// <summary>A VHD file or blob.</summary>
    Vhd,
}
