using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Copying;

/// <summary>Finds what runs of this command, stopped ones or running ones, have of an image on its way.</summary>
internal static class CopyLeftovers
{
    /// <summary>The snapshots with this command's tags for this very image, in the subscriptions that the copy has to do with; in
    /// its groups where the user may not read more.</summary>
    public static async Task<IReadOnlyList<DiskFacts>> FindAsync(Operation operation, CopySource source)
    {
        var places = new List<(Operation At, ResourceId Id)> { (operation, source.Id) };
        places.AddRange(source.Regions.Select(region => (region.At(operation), region.Id)));
        var found = new List<DiskFacts>();
        foreach (IGrouping<string, (Operation At, ResourceId Id)> subscription in places.GroupBy(place => "/subscriptions/" + place.Id.SubscriptionId, StringComparer.OrdinalIgnoreCase))
        {
            Operation at = subscription.First().At;
            try
            {
                found.AddRange(await ListAsync(at, source.Image, subscription.Key).ConfigureAwait(false));
            }
            catch (ImageCmdletsException exception) when (exception.ErrorId == ErrorIds.AuthorizationFailed)
            {
                foreach (string? group in subscription.Select(place => place.Id.ResourceGroupName).Distinct(StringComparer.OrdinalIgnoreCase))
                    found.AddRange(await ListAsync(at, source.Image, $"{subscription.Key}/resourceGroups/{group}").ConfigureAwait(false));
            }
        }

        return found;
    }

    /// <summary>Finds out, where disks are gone, how far an earlier run came with them: what it took of them is as good as they were.</summary>
    public static async Task RecoverAsync(Operation operation, CopySource source)
    {
        IReadOnlyList<DiskFacts> found = await FindAsync(operation, source).ConfigureAwait(false);
        CopyNames[] ways = [CopyNames.Shared(source.Image, string.Empty), .. source.Regions.Select(region => CopyNames.Of(source.Image, region.Id.Text, string.Empty))];
        string[] contents = [.. found.SelectMany(snapshot => ways.Select(way => way.ContentIn(snapshot.Id.Name))).OfType<string>().Distinct()];
        if (contents.Length != 1)
        {
            source.Failure = Gone(source);
            if (contents.Length > 1)
                Warn(operation, source, found);
            return;
        }

        source.Learn(contents[0]);
        foreach (CopyDisk disk in source.Disks)
            disk.IsTaken = found.Any(snapshot => snapshot.IsUsable && snapshot.Id.Equals(source.SnapshotOf(disk)));
        foreach (CopyRegion region in source.Regions.Where(region => !CanEnd(source, region, found)))
            region.Failure = Gone(source);
        if (source.Regions.Any(region => region.Failure is null))
            operation.Warning($"The disks from which '{source.Image.Name}' was made are gone; its copies are made of the snapshots that an earlier run took of them.");
    }

    private static Task<IReadOnlyList<DiskFacts>> ListAsync(Operation operation, CustomImage image, string scope) =>
        DiskReader.ListAsync(operation, scope, ResourceTypes.Snapshot, tags => CopyTemporaries.AreMadeFor(tags, image));

    // Where the snapshots in the source region are gone too, those that have arrived whole are enough.
    private static bool CanEnd(CopySource source, CopyRegion region, IReadOnlyList<DiskFacts> found)
    {
        IReadOnlyList<ResourceId> ids = source.PartsOf(region);
        return ids.Zip(source.Disks, (id, disk) => disk.HasBytes || found.Any(snapshot => snapshot.Id.Equals(id) && snapshot.IsUsable && snapshot.CompletionPercent >= 100))
            .All(isThere => isThere);
    }

    private static void Warn(Operation operation, CopySource source, IReadOnlyList<DiskFacts> ambiguous) => operation.Warning(
        $"The disks from which '{source.Image.Name}' was made are gone. Earlier runs left snapshots of more than one image of its name, and nothing tells which are its own, so none is used: "
        + string.Join(", ", ambiguous.Select(snapshot => snapshot.Id.Name)));

    private static ImageCmdletsException Gone(CopySource source)
    {
        DiskReference gone = source.Disks.First(disk => disk.ContentId is null).Reference;
        return new ImageCmdletsException(ErrorIds.CopySourceNotAvailable,
            $"The image '{source.Image.Name}' was made from '{gone.SourceId}', which is gone; Azure copies disks and snapshots to other regions, not images.",
            source.Image.Id,
            "Leave -Method out, or pass -Method Gallery: a copy by way of a gallery needs nothing but the image.");
    }
}
