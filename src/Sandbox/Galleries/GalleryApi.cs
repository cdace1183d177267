using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>Api versions at which the gallery service learned something.</summary>
internal static class GalleryApi
{
    /// <summary>The only version that answers a PUT of what exists with 202, and in another order (recorded 2018).</summary>
    public const string First = "2018-06-01";

    /// <summary>Before, a version named its source in <c>publishingProfile.source.managedImage</c>.</summary>
    public const string StorageProfile = "2019-07-01";

    /// <summary>Storage types of regions.</summary>
    public const string StorageType = "2019-03-01";

    public const string Sharing = "2020-09-30";

    public const string SoftDelete = "2021-07-01";

    public const string Architecture = "2021-10-01";

    public const string SharingStatus = "2022-01-03";

    public const string SafetyProfile = "2022-03-03";

    /// <summary>UEFI settings, and machines named by <c>virtualMachineId</c>.</summary>
    public const string SecurityProfile = "2023-07-03";

    /// <summary>Lists of what is soft-deleted; <c>blockDeletionBeforeEndOfLife</c>.</summary>
    public const string SoftDeletedLists = "2024-03-03";

    /// <summary>The versions that have applications (first published in 2019-03-01).</summary>
    public static IReadOnlyList<string> Applications { get; } =
        [.. ComputeApiVersions.Galleries.Where(static version => string.CompareOrdinal(version, StorageType) >= 0)];

    /// <summary>Whether the request's api-version is that version or a later one.</summary>
    public static bool Knows(RequestContext context, string since) => string.CompareOrdinal(context.ApiVersion, since) >= 0;
}
