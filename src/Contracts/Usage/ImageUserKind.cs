namespace ImageCmdlets;

/// <summary>What uses images.</summary>
public enum ImageUserKind
{
    /// <summary>A virtual machine, an instance of a flexible scale set among them.</summary>
    VM,

    /// <summary>The model of a scale set: what its next instances are made of.</summary>
    ScaleSet,

    /// <summary>An instance of a uniform scale set.</summary>
    ScaleSetInstance,

    /// <summary>A version that was made of the image or of another version.</summary>
    ImageVersion,

    /// <summary>A managed image that was copied from a version, or made of a machine that was made of it; only its tags say so.</summary>
    CustomImage,
}
