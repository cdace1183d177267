namespace ImageCmdlets.Engine.Copying;

/// <summary>Puts copies that must not run at once behind each other.</summary>
/// <remarks>Azure copies one incremental snapshot of a disk to a region at a time (documented in "Copy an incremental snapshot to a new
/// region"); two images of one machine share its disks.</remarks>
internal static class CopyChains
{
    /// <summary>The copies in chains: those of one chain go one after another, chains side by side, in the order asked for.</summary>
    public static IReadOnlyList<IReadOnlyList<CopyRegion>> Of(IReadOnlyList<CopyRegion> regions)
    {
        var chains = new List<List<CopyRegion>>();
        foreach (CopyRegion region in regions)
        {
            List<CopyRegion>[] meeting = [.. chains.Where(chain => chain.Exists(other => Meet(other, region)))];
            if (meeting.Length == 0)
            {
                chains.Add([region]);
                continue;
            }

            meeting[0].AddRange(meeting.Skip(1).SelectMany(chain => chain));
            meeting[0].Add(region);
            chains.RemoveAll(chain => Array.IndexOf(meeting, chain) > 0);
        }

        return chains;
    }

    private static bool Meet(CopyRegion a, CopyRegion b) =>
        a.Region.Name == b.Region.Name && a.Source!.Disks.Any(disk => b.Source!.Disks.Any(other => SameBytes(disk, other)));

    private static bool SameBytes(CopyDisk a, CopyDisk b) => a.ContentId is not null && string.Equals(a.ContentId, b.ContentId, StringComparison.OrdinalIgnoreCase);
}
