using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>How far the disks of one region are.</summary>
internal sealed class BlobTransferSum(Operation operation, CopySource source, CopyRegion region, CopyProgress? progress)
{
    private readonly DateTimeOffset _begin = operation.Clock.UtcNow;
    private readonly Dictionary<CopyDisk, double> _shares = source.Disks.ToDictionary(disk => disk, _ => 0.0);
    private long _transferred;

    /// <summary>Pages of a disk have arrived.</summary>
    /// <param name="branch">The branch that tells.</param>
    /// <param name="disk">The disk.</param>
    /// <param name="share">Share of its bytes that is there, 0 to 1.</param>
    /// <param name="bytes">How many bytes came now.</param>
    public void Add(Operation branch, CopyDisk disk, double share, long bytes)
    {
        lock (_shares)
        {
            _shares[disk] = Math.Max(share, _shares[disk]);
            region.PercentReplicated = 100 * _shares.Sum(one => one.Value * one.Key.Weight) / source.Disks.Sum(one => one.Weight);
            region.BytesTransferred = _transferred += bytes;
        }

        string disks = source.Disks.Count == 1 ? "1 disk" : $"{source.Disks.Count} disks";
        progress?.Report(branch, region, $"Copying the pages of {disks}", region.PercentReplicated, branch.Clock.UtcNow - _begin);
    }
}
