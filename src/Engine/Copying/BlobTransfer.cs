using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Brings the pages of an image's disks to disks in the target regions: each disk is opened for reading once, for all regions, and closed
/// at the end whatever happened.</summary>
/// <param name="operation">The branch.</param>
/// <param name="source">What is copied.</param>
/// <param name="progress">Told how far the regions are; null: nobody.</param>
internal sealed class BlobTransfer(Operation operation, CopySource source, CopyProgress? progress)
{
    // Where the process is killed, nobody ends an access but time.
    private static readonly TimeSpan s_access = TimeSpan.FromMinutes(30);
    private readonly BlobRoute _route = (BlobRoute)source.Route;

    /// <summary>Sees to all disks of the regions. A region that fails, fails alone.</summary>
    /// <exception cref="ImageCmdletsException">What keeps all regions from their copies.</exception>
    public async Task RunAsync(IReadOnlyList<CopyRegion> regions)
    {
        var sums = regions.ToDictionary(region => region, region => new BlobTransferSum(operation, source, region, progress));
        IReadOnlyList<CopyDisk> missing = await MissingAsync(regions).ConfigureAwait(false);
        await CloseAsync([.. source.Disks.Except(missing)]).ConfigureAwait(false);
        if (missing.Count > 0 && _route.IsByVersion && !source.HasVersionIn(source.Image.Location!))
            await new SharedVersion(operation, source, null, noWait: false).EnsureAsync(regions).ConfigureAwait(false);
        await operation.ForEachAsync(missing, async (disk, branch) =>
        {
            CopyRegion[] open = [.. regions.Where(region => region.Failure is null)];
            if (open.Length == 0)
                return;

            if (!await TryAsync(branch, disk, open, sums).ConfigureAwait(false))
                await TryAsync(branch, disk, open, sums).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    // Another run that ends may take what both read: then it is made once more. False: that is why it failed.
    private async Task<bool> TryAsync(Operation branch, CopyDisk disk, IReadOnlyList<CopyRegion> regions, Dictionary<CopyRegion, BlobTransferSum> sums)
    {
        ResourceId read = _route.ReadOf(source, disk);
        bool isThere = false;
        try
        {
            await PrepareAsync(branch, disk).ConfigureAwait(false);
            isThere = true;
            await DiskBlob.UseAsync(branch, read, "Read", s_access, blob => BringAsync(branch, disk, blob, regions, sums)).ConfigureAwait(false);
            isThere = regions.All(region => region.Failure is null) || await DiskReader.FindAsync(branch, read).ConfigureAwait(false) is not null;
        }
        catch (ImageCmdletsException) when (isThere)
        {
            isThere = await DiskReader.FindAsync(branch, read).ConfigureAwait(false) is not null;
            if (isThere)
                throw;
        }

        foreach (CopyRegion region in regions.Where(_ => !isThere))
            region.Failure = null;
        return isThere;
    }

    // Where an earlier run has brought all, nothing is opened once more.
    private async Task<IReadOnlyList<CopyDisk>> MissingAsync(IReadOnlyList<CopyRegion> regions)
    {
        var missing = new List<CopyDisk>();
        foreach (CopyDisk disk in source.Disks)
        {
            foreach (CopyRegion region in regions)
            {
                DiskFacts? part = await DiskReader.FindAsync(region.At(operation), PartOf(region, disk)).ConfigureAwait(false);
                if (part is { IsUsable: true } && !DiskUpload.IsOpen(part))
                    continue;

                missing.Add(disk);
                break;
            }
        }

        return missing;
    }

    // A run that was killed after the last page of a disk has left the access to read it open.
    private async Task CloseAsync(IReadOnlyList<CopyDisk> whole)
    {
        foreach (ResourceId read in whole.Select(disk => _route.ReadOf(source, disk)))
        {
            if (await DiskReader.FindAsync(operation, read).ConfigureAwait(false) is { DiskState: "ActiveSAS" })
                await new DiskAccess(operation, read, "Read", s_access).RevokeAsync().ConfigureAwait(false);
        }
    }

    private ResourceId PartOf(CopyRegion region, CopyDisk disk) => source.PartsOf(region)[source.Disks.ToList().IndexOf(disk)];

    private async Task PrepareAsync(Operation branch, CopyDisk disk)
    {
        if (!_route.IsByVersion)
        {
            await SharedSnapshots.EnsureAsync(branch, source, disk).ConfigureAwait(false);
            return;
        }

        var temporaries = new CopyTemporaries(branch, source.Image);
        ResourceId id = source.VersionDiskOf(disk);
        await temporaries.WaitAsync(await temporaries.BeginDiskAsync(id, disk, source.VersionIn(source.Image.Location!)).ConfigureAwait(false), id).ConfigureAwait(false);
    }

    private async Task BringAsync(Operation branch, CopyDisk disk, DiskBlob blob, IReadOnlyList<CopyRegion> regions, Dictionary<CopyRegion, BlobTransferSum> sums)
    {
        BlobPages pages = await BlobPages.ReadAsync(branch, blob).ConfigureAwait(false);
        await branch.ForEachAsync(regions, async (region, own) =>
        {
            try
            {
                await new BlobUpload(region.At(own), source, region, disk, PartOf(region, disk)).RunAsync(pages, sums[region]).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                region.Failure ??= ArmFailure.Of(exception, region.Id.Text);
            }
        }).ConfigureAwait(false);
    }
}
