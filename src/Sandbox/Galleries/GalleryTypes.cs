namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Names of the types of the gallery service.</summary>
internal static class GalleryTypes
{
    public const string Gallery = "Microsoft.Compute/galleries";

    /// <summary>Image definitions.</summary>
    public const string Image = "Microsoft.Compute/galleries/images";

    public const string Version = "Microsoft.Compute/galleries/images/versions";

    /// <summary>Application definitions.</summary>
    public const string Application = "Microsoft.Compute/galleries/applications";

    public const string ApplicationVersion = "Microsoft.Compute/galleries/applications/versions";

    /// <summary>Versions that were deleted and can still be restored; listed since 2024-03-03.</summary>
    public const string SoftDeleted = "Microsoft.Compute/galleries/softDeletedArtifactTypes/artifacts/versions";
}
