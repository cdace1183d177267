using ImageCmdlets.Sandbox.RateLimits;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Buckets of the gallery service with the limits that the recordings of 2023 and 2024 show.</summary>
internal static class GalleryRateLimits
{
    public static RateLimitPolicy PutGallery { get; } = RateLimitPolicy.Windows("CreateUpdateGallery", 50, 300);

    public static RateLimitPolicy GetGallery { get; } = RateLimitPolicy.Windows("GetGallery", 350, 2500);

    public static RateLimitPolicy ListGalleriesInGroup { get; } =
        RateLimitPolicy.Windows("ListGalleryInResourceGroup", 100, 1000);

    /// <summary>Assumption: as in a group; not recorded.</summary>
    public static RateLimitPolicy ListGalleries { get; } = RateLimitPolicy.Windows("ListGalleryInSubscription", 100, 1000);

    public static RateLimitPolicy DeleteGallery { get; } = RateLimitPolicy.Windows("DeleteGallery", 50, 300);

    public static RateLimitPolicy ShareGallery { get; } = RateLimitPolicy.Windows("PostShareGallery", 10, 60);

    public static RateLimitPolicy PutImage { get; } = RateLimitPolicy.Windows("CreateUpdateGalleryImage", 150, 750);

    public static RateLimitPolicy GetImage { get; } = RateLimitPolicy.Windows("GetGalleryImage", 600, 3000);

    public static RateLimitPolicy ListImages { get; } = RateLimitPolicy.Windows("ListGalleryImagesInGallery", 1500, 10000);

    public static RateLimitPolicy DeleteImage { get; } = RateLimitPolicy.Windows("DeleteGalleryImage", 50, 300);

    public static RateLimitPolicy PutVersion { get; } = RateLimitPolicy.Windows("CreateUpdateGalleryImageVersion", 375, 1200);

    public static RateLimitPolicy GetVersion { get; } = RateLimitPolicy.Windows("GetGalleryImageVersion", 2000, 10000);

    public static RateLimitPolicy ListVersions { get; } =
        RateLimitPolicy.Windows("ListGalleryImageVersionsInGalleryImage", 1500, 10000);

    public static RateLimitPolicy DeleteVersion { get; } = RateLimitPolicy.Windows("DeleteGalleryImageVersion", 150, 1000);

    public static RateLimitPolicy ListShared { get; } = RateLimitPolicy.Windows("ListGallery", 150, 1000);

    public static RateLimitPolicy ListSharedImages { get; } = RateLimitPolicy.Windows("ListGalleryArtifact", 200, 200);

    public static RateLimitPolicy GetSharedImage { get; } = RateLimitPolicy.Windows("GetGalleryArtifact", 600, 3000);

    public static RateLimitPolicy ListSharedVersions { get; } = RateLimitPolicy.Windows("ListGalleryArtifactVersion", 800, 4000);

    public static RateLimitPolicy GetSharedVersion { get; } = RateLimitPolicy.Windows("GetGalleryArtifactVersion", 2000, 10000);
}
