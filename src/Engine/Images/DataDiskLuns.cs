using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Images;

/// <summary>Where the data disks of an image sit.</summary>
internal static class DataDiskLuns
{
    /// <summary>Each disk at the LUN it had in its machine, where that is known; the others, in their order, at the lowest free ones.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="disks">The disks in the user's order; without a LUN where nobody knows it.</param>
    /// <returns>The same disks, each with a LUN of its own, by LUN.</returns>
    public static IReadOnlyList<DiskReference> Assign(Operation operation, IReadOnlyList<DiskReference> disks)
    {
        var taken = new HashSet<int>();
        List<DiskReference> placed = [.. disks.Where(disk => disk.Lun is { } had && taken.Add(had))];
        foreach (DiskReference disk in disks.Except(placed))
        {
            int lun = 0;
            while (!taken.Add(lun))
                lun++;
            if (disk.Lun is { } had)
                operation.Warning($"'{ResourceId.TryParse(disk.SourceId)?.Name}' was at LUN {had}, where another disk of the image is already, and gets LUN {lun}.");
            placed.Add(disk with { Lun = lun });
        }

        return [.. placed.OrderBy(disk => disk.Lun)];
    }
}
