using ImageCmdlets.Engine.Vhds;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Says what a copy would take, from what was read of it.</summary>
internal static class CopyPreview
{
    // Medians of recorded operations (azps and azcli sessions); the copy is the one recorded, of a disk of 5 GiB (test_completion_percent).
    private static readonly TimeSpan s_snapshot = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan s_copy = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_version = TimeSpan.FromSeconds(474);
    private static readonly TimeSpan s_versionDeletion = TimeSpan.FromSeconds(91);
    private static readonly TimeSpan s_disk = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan s_image = TimeSpan.FromSeconds(5.2);

    // Of one resource: a look whether it is there, the PUT, a poll. To remove one: a look, the DELETE, a poll.
    private const int CallsToMake = 3;
    private const int CallsToRemove = 3;

    public static ImageCopyPlan Of(CopySource source, CopyRegion region)
    {
        var plan = new ImageCopyPlan
        {
            SourceId = source.Image.Id,
            Id = region.Id.Text,
            Location = region.Region.Name,
            Method = region.HasImage ? "Existing" : source.Route.Method.ToString(),
            Step = ["Nothing: the copy is there."],
            Temporary = [],
            DiskCount = source.Disks.Count,
            SizeGB = source.Image.SizeGB,
        };
        return region.HasImage ? plan : source.Route switch
        {
            GalleryRoute => ByGallery(plan, source, region),
            BlobRoute route => ByBlobs(plan, source, region, route),
            _ => BySnapshots(plan, source, region),
        };
    }

    private static ImageCopyPlan BySnapshots(ImageCopyPlan plan, CopySource source, CopyRegion region)
    {
        CopyDisk[] taken = [.. source.Disks.Where(disk => !disk.IsReady)];
        ResourceId[] disks = [.. taken.Where(SharedSnapshots.NeedsDisk).Select(source.DiskOf)];
        ResourceId[] snapshots = [.. taken.Select(source.SnapshotOf)];
        var steps = new List<string>();
        if (disks.Length > 0)
            steps.Add($"Make {Count(disks.Length, "disk")} in {source.Image.Location} of what is no disk, once for all regions.");
        if (snapshots.Length > 0)
            steps.Add($"Take {Count(snapshots.Length, "incremental snapshot")} in {source.Image.Location}, once for all regions.");
        steps.Add($"Let Azure copy {Count(source.Disks.Count, "snapshot")} to {region.Region.Name}.");
        int shared = disks.Length + snapshots.Length;
        return End(plan, source, region, steps, [.. disks, .. snapshots, .. source.PartsOf(region)], s_snapshot + s_copy) with
        {
            CallCount = Calls(source, (shared * (CallsToMake + CallsToRemove)) + source.Disks.Count) + (LooksAtCopy() * source.Disks.Count),
        };
    }

    private static ImageCopyPlan ByGallery(ImageCopyPlan plan, CopySource source, CopyRegion region)
    {
        if (source.HasVersionIn(region.Region.Name))
        {
            string[] direct = [$"Make {Count(source.Disks.Count, "disk")} of the version in {region.Region.Name}, where it is replicated."];
            return End(plan, source, region, [.. direct], source.PartsOf(region), s_disk) with { CallCount = Calls(source, 0) };
        }

        string[] regions = [.. source.Regions.Where(other => other.IsOpen && !source.HasVersionIn(other.Region.Name)).Select(other => other.Region.Name)];
        List<string> steps =
        [
            $"Make a version of the image in the temporary gallery {source.GalleryId.Name} in {source.Image.Location}, replicated to {string.Join(", ", regions)}, once for all regions.",
            $"Make {Count(source.Disks.Count, "disk")} of it in {region.Region.Name}.",
        ];
        return End(plan, source, region, steps, [source.GalleryId, .. source.PartsOf(region)], s_version + s_disk) with
        {
            // The gallery, its definition and its version, and what tells on the gallery who needs it.
            CallCount = Calls(source, (3 * (CallsToMake + CallsToRemove)) + 4 + Looks(s_version, 5) + Looks(s_versionDeletion, 1)),
        };
    }

    // What is not empty travels, which nobody knows before. The storage service's own requests, one for each 4 MiB, have no limits of Azure Resource Manager.
    private static ImageCopyPlan ByBlobs(ImageCopyPlan plan, CopySource source, CopyRegion region, BlobRoute route)
    {
        string disks = Count(source.Disks.Count, "disk");
        ResourceId[] shared = route.IsByVersion
            ? [.. source.HasVersionIn(source.Image.Location!) ? [] : new[] { source.GalleryId }, .. source.Disks.Select(source.VersionDiskOf)]
            : [.. source.Disks.Where(disk => !disk.IsReady).SelectMany(disk => SharedSnapshots.NeedsDisk(disk) ? [source.DiskOf(disk), source.SnapshotOf(disk)] : new[] { source.SnapshotOf(disk) })];
        List<string> steps =
        [
            route.IsByVersion && source.HasVersionIn(source.Image.Location!) ? $"Make {disks} of the version in {source.Image.Location}, once for all regions."
                : route.IsByVersion
                ? $"Make a version of the image in the temporary gallery {source.GalleryId.Name} in {source.Image.Location}, and {disks} of it, once for all regions."
                : $"Take {Count(shared.Length, "temporary", "temporaries")} of what is copied in {source.Image.Location}, once for all regions.",
            $"Grant access to read {disks}, for {DiskUpload.Access.TotalMinutes:0} minutes at a time, revoked at the end.",
            $"Let the storage service copy the pages that are not empty to {disks} in {region.Region.Name}; none passes through this machine.",
        ];
        int looks = route.IsByVersion ? 4 + Looks(s_version, 5) + Looks(s_versionDeletion, 1) : 0;
        return End(plan, source, region, steps, [.. shared, .. source.PartsOf(region)], (route.IsByVersion ? s_version : s_snapshot) + s_copy) with
        {
            // Access to read and to write: two requests and a poll each.
            CallCount = Calls(source, (shared.Length * (CallsToMake + CallsToRemove)) + looks + (source.Disks.Count * 4)) + (source.Disks.Count * 4),
        };
    }

    private static ImageCopyPlan End(ImageCopyPlan plan, CopySource source, CopyRegion region, List<string> steps, IReadOnlyList<ResourceId> temporaries, TimeSpan duration) => plan with
    {
        Step = [.. steps, $"Make the image {region.Id.Name} of them.", $"Remove {Count(temporaries.Count, "temporary", "temporaries")}."],
        Temporary = [.. temporaries.Select(id => id.Name)],
        ExpectedDuration = duration + s_image,
    };

    // The region's own, and its share of what is done for all: the image and its disks are read, and what others have on the way is listed.
    private static int Calls(CopySource source, int shared)
    {
        int regions = Math.Max(1, source.Regions.Count(region => region.IsOpen));
        int read = 4 + source.Disks.Count;
        return (source.Disks.Count * (CallsToMake + CallsToRemove)) + CallsToMake + ((shared + read + regions - 1) / regions);
    }

    // As soon as a copy says how far it is, looks come at half the time that is left.
    private static int LooksAtCopy()
    {
        int looks = 0;
        for (double elapsed = 0; elapsed < s_copy.TotalSeconds; looks++)
            elapsed += looks < 3 ? 5 : Math.Min(30, Math.Max(5, (s_copy.TotalSeconds - elapsed) / 2));
        return looks;
    }

    // Looks come at a tenth of the time that has passed, not before some seconds, and after 30 at the latest.
    private static int Looks(TimeSpan duration, int shortestSeconds)
    {
        int looks = 0;
        for (TimeSpan elapsed = TimeSpan.Zero; elapsed < duration; looks++)
            elapsed += TimeSpan.FromSeconds(Math.Min(30, Math.Max(shortestSeconds, elapsed.TotalSeconds / 10)));
        return looks;
    }

    private static string Count(int count, string one, string? many = null) => count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";
}
