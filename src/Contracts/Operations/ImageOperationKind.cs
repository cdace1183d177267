namespace ImageCmdlets;

/// <summary>What an <see cref="ImageOperation"/> is about.</summary>
public enum ImageOperationKind
{
    /// <summary>Copy-CustomImage.</summary>
    Copy,

    /// <summary>Invoke-Generalize on the machine itself.</summary>
    Generalize,

    /// <summary>Invoke-Generalize -PreserveSource: a clone that is made, generalized, and waits for its image.</summary>
    Clone,

    /// <summary>New-CustomImage of a local VHD.</summary>
    Import,

    /// <summary>A snapshot whose bytes can be read by a signature: Export-ImageSnapshot, or another tool.</summary>
    Export,

    /// <summary>New-ImageSnapshot.</summary>
    Snapshot,

    /// <summary>Restore-ImageSnapshot.</summary>
    Restore,

    /// <summary>A script in a guest: Test-ImageReadiness, Test-ImageResidue, Get-GeneralizeState, Get-GeneralizeLog, Invoke-ImageScript.</summary>
    Inspect,

    /// <summary>An image that is being made.</summary>
    Image,

    /// <summary>A virtual machine that is being made.</summary>
    VM,

    /// <summary>A virtual machine that is being started or stopped.</summary>
    Power,

    /// <summary>Tags or settings that are being changed.</summary>
    Update,

    /// <summary>Something that is being removed.</summary>
    Remove,
}
