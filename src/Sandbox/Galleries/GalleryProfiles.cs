using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Operations;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>How the operations of galleries are announced and how long they take: medians of the recordings.</summary>
internal static class GalleryProfiles
{
    public static OperationProfile CreateGallery { get; } = Profile(0.2);

    public static OperationProfile UpdateGallery { get; } = Profile(0.05);

    public static OperationProfile DeleteGallery { get; } = Profile(0.2, location: true);

    public static OperationProfile CreateImage { get; } = Profile(0.1);

    public static OperationProfile UpdateImage { get; } = Profile(0.05);

    public static OperationProfile DeleteImage { get; } = Profile(0.3, location: true);

    /// <summary>A version; how long it really takes is for the replication to say.</summary>
    public static OperationProfile WriteVersion { get; } = Profile(150);

    public static OperationProfile DeleteVersion { get; } = Profile(91, location: true);

    /// <summary>45 seconds in three of three recordings of 2024.</summary>
    public static OperationProfile Share { get; } = Profile(45.1, location: true);

    private static OperationProfile Profile(double seconds, bool location = false) =>
        new(ComputeSubject.Namespace, "capsOperations", TimeSpan.FromSeconds(seconds)) { LocationHeader = location };
}
