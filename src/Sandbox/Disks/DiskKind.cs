using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Operations;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>What disks and snapshots have in common, and where they differ: one service of Azure serves both.</summary>
/// <param name="Name">Name of the subject, first part of the kinds of its operations.</param>
/// <param name="Type">Full type name.</param>
/// <param name="Skus">Storage types on offer.</param>
/// <param name="CreateOptions">Sources on offer, in Azure's casing.</param>
internal sealed record DiskKind(string Name, string Type, IReadOnlyList<string> Skus, IReadOnlyList<string> CreateOptions)
{
    public const string DiskType = "Microsoft.Compute/disks";
    public const string SnapshotType = "Microsoft.Compute/snapshots";

    // Durations are medians of the recordings; Retry-After 2 is from a .NET recording of 2022, the older ones have none.
    public static DiskKind Disk { get; } = new(
        "Disks",
        DiskType,
        [
            "Standard_LRS", "Premium_LRS", "StandardSSD_LRS", "UltraSSD_LRS", "Premium_ZRS", "StandardSSD_ZRS", "PremiumV2_LRS",
        ],
        ["Empty", "Copy", "FromImage", "Import", "ImportSecure", "Restore", "Upload", "UploadPreparedSecure"])
    {
        Put = Profile(0.1, 2),
        Patch = Profile(0.2),
        Delete = Profile(0.3),
        Grant = Profile(0.3),
        Revoke = Profile(0.2),
    };

    public static DiskKind Snapshot { get; } = new(
        "Snapshots",
        SnapshotType,
        ["Standard_LRS", "Premium_LRS", "Standard_ZRS"],
        ["Empty", "Copy", "CopyStart", "Import"])
    {
        Put = Profile(0.7, 2),
        Patch = Profile(5.8),
        Delete = Profile(0.3),
        Grant = Profile(0.2),
        Revoke = Profile(0.2),
    };

    public required OperationProfile Put { get; init; }

    public required OperationProfile Patch { get; init; }

    public required OperationProfile Delete { get; init; }

    public required OperationProfile Grant { get; init; }

    public required OperationProfile Revoke { get; init; }

    public bool IsSnapshot => Type == SnapshotType;

    /// <summary>Name of a kind of operation, such as <c>Disks.Put</c>.</summary>
    public string Operation(string name) => $"{Name}.{name}";

    private static OperationProfile Profile(double seconds, int? retryAfter = null) =>
        new(ComputeSubject.Namespace, "DiskOperations", TimeSpan.FromSeconds(seconds))
        {
            LocationHeader = true,
            RetryAfter = retryAfter,
            RetryAfterSince = "2018-04-01",
        };
}
