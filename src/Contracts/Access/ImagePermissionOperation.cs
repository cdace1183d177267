namespace ImageCmdlets;

/// <summary>What somebody wants to do with images.</summary>
public enum ImagePermissionOperation
{
    /// <summary>Generalize a machine: Invoke-Generalize.</summary>
    Generalize,

    /// <summary>Make a managed image of a machine: New-CustomImage.</summary>
    Capture,

    /// <summary>Take snapshots of the disks of a machine: New-ImageSnapshot.</summary>
    Snapshot,

    /// <summary>Make an image version: New-ImageVersion.</summary>
    Publish,

    /// <summary>Copy an image to other regions, subscriptions or tenants: Copy-CustomImage.</summary>
    Copy,

    /// <summary>Share a gallery with subscriptions, tenants or everybody: Grant-ImageAccess.</summary>
    Share,

    /// <summary>Give somebody a role for an image or gallery: Grant-ImageAccess -PrincipalId.</summary>
    Grant,

    /// <summary>Make machines of an image: New-ImageVM.</summary>
    Deploy,
}
