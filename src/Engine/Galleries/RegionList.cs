namespace ImageCmdlets.Engine.Galleries;

/// <summary>The regions that a user names for an image version.</summary>
internal static class RegionList
{
    /// <summary>What is wanted, in the region's short name.</summary>
    public static ImageTargetRegion In(ImageTargetRegion wanted, string location) => new()
    {
        Location = location,
        ReplicaCount = wanted.ReplicaCount,
        StorageAccountType = wanted.StorageAccountType,
        ExcludeFromLatest = wanted.ExcludeFromLatest,
        DiskEncryptionSetId = wanted.DiskEncryptionSetId,
        DataDiskEncryptionSetId = wanted.DataDiskEncryptionSetId,
    };

    /// <summary>The refusal of a region that is named twice; null where none is.</summary>
    public static ImageCmdletsException? Twice(IEnumerable<ImageTargetRegion> regions, string target)
    {
        string? twice = regions.GroupBy(region => region.Location).FirstOrDefault(same => same.Count() > 1)?.Key;
        return twice is null ? null : new ImageCmdletsException(ErrorIds.InvalidArgument, $"The region {twice} is named twice.", target, "Name each region once, with its replicas: westeurope=3.");
    }
}
