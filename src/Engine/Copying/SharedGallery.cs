using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Disks;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Resources;
using Operation = ImageCmdlets.Engine.Operations.Operation;
using OperationTags = ImageCmdlets.Engine.Operations.OperationTags;
using Watch = ImageCmdlets.Engine.Operations.Watch;

namespace ImageCmdlets.Engine.Copying;

/// <summary>The temporary gallery around the version of a copy, and who still needs it.</summary>
/// <remarks>Each copy that comes from it has a tag on it, of its own name: the service adds and removes single tags, so runs that know
/// nothing of each other can tell who is the last. It is also how a later run knows what a stopped one has not ended.</remarks>
internal sealed class SharedGallery(Operation operation, CopySource source)
{
    /// <summary>What the names of the tags begin with that say which copies need a gallery; their values are the ids of the copies.</summary>
    public const string ClaimPrefix = OperationTags.Prefix + "copy-";
    private const string DefinitionName = "image";

    // A resource has 50 tags at most, and ours that say what it is are among them.
    private const int MostClaims = 45;

    private static readonly TimeSpan s_longestDeletion = TimeSpan.FromMinutes(2);
    private readonly CopyTemporaries _temporaries = new(operation, source.Image);

    private ResourceId Gallery => source.GalleryId;

    private ResourceId Definition => DefinitionIn(Gallery);

    /// <summary>The version that a gallery of this kind has.</summary>
    public static ResourceId VersionIn(ResourceId gallery) => ResourceId.TryParse(DefinitionIn(gallery).Text + "/versions/1.0.0")!;

    public Dictionary<string, string> Tags(string step) => _temporaries.Tags(step);

    public bool IsOurs(IReadOnlyDictionary<string, string> tags) => CopyTemporaries.AreMadeFor(tags, source.Image);

    /// <summary>Sees to gallery and definition, and says on them which copies need them.</summary>
    /// <exception cref="ImageCmdletsException">ResourceAlreadyExists; InvalidArgument: more regions than have room on it.</exception>
    public async Task EnsureAsync(IReadOnlyList<CopyRegion> regions)
    {
        if (regions.Count > MostClaims)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument,
                $"By way of a gallery '{source.Image.Name}' goes to {MostClaims} regions at once at most, not to {regions.Count}.", source.Image.Id, $"Pass {MostClaims} regions or fewer to -Location, and the others later.");
        }

        await EnsureAsync(Gallery, () => GalleryWriter.BeginGalleryAsync(operation, Gallery, source.Image.Location!,
            $"Temporary: Copy-CustomImage copies {source.Image.Name} by way of it.", Tags("gallery"))).ConfigureAwait(false);
        await ResourceTags.MergeAsync(operation, Gallery.Text, regions.Select(ClaimOf)).ConfigureAwait(false);
        await EnsureAsync(Definition, () => GalleryWriter.BeginDefinitionAsync(operation, Definition, new GalleryDefinitionContent
        {
            Location = source.Image.Location!,
            OSType = source.Image.OSType!,
            OSState = source.Image.OSState ?? "Generalized",
            HyperVGeneration = source.Image.HyperVGeneration,
            Publisher = "ImageCmdlets",
            Offer = "Copy-CustomImage",
            Sku = "temporary",
            Plan = source.Image.Plan,
            Tag = Tags("definition"),
        })).ConfigureAwait(false);
    }

    /// <summary>Removes a version that is of no use.</summary>
    public Task RemoveVersionAsync() => RemoveAsync(source.VersionId);

    /// <summary>Takes these copies' names off the gallery, and removes it with all that is in it when no other copy needs it.</summary>
    public async Task ReleaseAsync(IReadOnlyList<CopyRegion> ended)
    {
        if (await FindAsync(Gallery).ConfigureAwait(false) is not { } gallery || !IsOurs(gallery.Body.Map("tags")))
        {
            await RemoveDisksAsync().ConfigureAwait(false);
            return;
        }

        KeyValuePair<string, string>[] own = [.. ended.Select(ClaimOf)];
        string[] others = OthersIn(gallery.Body.Map("tags"), own);
        if (others.Length > 0)
            others = OthersIn(await ResourceTags.RemoveAsync(operation, Gallery.Text, own).ConfigureAwait(false), own);
        if (others.Length > 0)
        {
            if (others.Except(source.Regions.Select(region => ClaimOf(region).Value)).Any())
                operation.Warning($"Another run's copies of '{source.Image.Name}' have not ended, and need the temporary gallery '{Gallery.Name}': {string.Join(", ", others)}. Where none runs, copy to there again to end it.");
            return;
        }

        await RemoveDisksAsync().ConfigureAwait(false);
        foreach (ResourceId id in new[] { source.VersionId, Definition, Gallery })
            await RemoveAsync(id).ConfigureAwait(false);
    }

    // Made in the image's own region for their bytes to be read.
    private async Task RemoveDisksAsync()
    {
        if (source.Route is BlobRoute { IsByVersion: true })
            await _temporaries.RemoveAsync([.. source.Disks.Select(source.VersionDiskOf)]).ConfigureAwait(false);
    }

    private static ResourceId DefinitionIn(ResourceId gallery) => ResourceId.TryParse($"{gallery.Text}/images/{DefinitionName}")!;

    private static string[] OthersIn(IReadOnlyDictionary<string, string> tags, KeyValuePair<string, string>[] own) =>
        [.. tags.Where(tag => tag.Key.StartsWith(ClaimPrefix, StringComparison.OrdinalIgnoreCase) && !Array.Exists(own, claim => claim.Key == tag.Key)).Select(tag => tag.Value)];

    /// <summary>The tag by which a copy says that it needs the gallery.</summary>
    public static KeyValuePair<string, string> ClaimOf(ResourceId copy) => new(ClaimPrefix + Naming.StableHash.Of(8, copy.Text), OperationTags.Value(copy.Text));

    private static KeyValuePair<string, string> ClaimOf(CopyRegion region) => ClaimOf(region.Id);

    private Task<ArmAnswer?> FindAsync(ResourceId id) => operation.Arm.FindAsync(id.Text, ArmApiVersions.Galleries, operation.CancellationToken);

    private async Task EnsureAsync(ResourceId id, Func<Task<ArmAnswer>> write)
    {
        ArmAnswer? there = await FindAsync(id).ConfigureAwait(false);
        if (there is not null && !IsOurs(there.Body.Map("tags")))
            throw DiskTemporaries.InTheWay(id);

        if (there?.Body.Text("properties", "provisioningState") == "Deleting")
            await Watch.UntilAsync(operation, () => FindAsync(id), found => found is null, s_longestDeletion, null).ConfigureAwait(false);

        bool isGood = there is not null && there.Body.Text("properties", "provisioningState") is not ("Failed" or "Deleting");
        ArmAnswer begun = isGood ? there! : await write().ConfigureAwait(false);
        await operation.Poller.WaitAsync(begun, id.Text, null, operation.CancellationToken).ConfigureAwait(false);
    }

    private Task RemoveAsync(ResourceId id) => GalleryDeletion.RunAsync(operation, id, static _ => true,
        async () => await FindAsync(id).ConfigureAwait(false) is { } found && IsOurs(found.Body.Map("tags")));
}
