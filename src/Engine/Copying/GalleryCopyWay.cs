using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;
using ImageCmdlets.Engine.Resources;

namespace ImageCmdlets.Engine.Copying;

/// <summary>How one image gets into a gallery: as a new version, or by more regions of the version that is there. Nothing was changed to know it.</summary>
internal sealed class GalleryCopyWay
{
    private GalleryCopyWay(VersionPlan? plan, ImageVersion? existing)
    {
        Plan = plan;
        Existing = existing;
    }

    /// <summary>The version to make; null where there is one.</summary>
    public VersionPlan? Plan { get; }

    /// <summary>The version that holds the image already, with how far its regions are.</summary>
    public ImageVersion? Existing { get; }

    public bool IsReplication => Existing is not null;

    public string? OSType { get; private init; }

    public string? HyperVGeneration { get; private init; }

    public int DiskCount => 1 + (Existing?.DataDisk.Count ?? Plan!.Content.DataDiskLun.Count);

    /// <exception cref="ImageCmdletsException">ImageNotFound; all that makes a version impossible.</exception>
    public static async Task<GalleryCopyWay> FindAsync(Operation operation, IReadOnlyList<ImageCopyTarget> targets)
    {
        ImageCopyTarget first = targets[0];
        ResourceId source = ResourceId.TryParse(first.SourceId)!, definitionId = ResourceId.TryParse(first.Gallery!.DefinitionId)!;
        if (GalleryCopyTargets.IsReplication(source, definitionId))
            return await OfExistingAsync(operation, definitionId, await VersionService.ReadAsync(operation, source).ConfigureAwait(false)).ConfigureAwait(false);

        VersionPlan plan = await PlanAsync(operation, targets).ConfigureAwait(false);
        bool isAnyVersion = first.Gallery is { Version: null, Increment: null };
        return isAnyVersion && await MadeAsync(operation, plan, source).ConfigureAwait(false) is { } made
            ? await OfExistingAsync(operation, definitionId, made).ConfigureAwait(false)
            : new GalleryCopyWay(plan, null) { OSType = plan.Source.OSType, HyperVGeneration = plan.Source.HyperVGeneration };
    }

    /// <summary>The way of a region: <c>Existing</c> where the version was there before.</summary>
    public string MethodOf(string location) => Existing is null ? nameof(ImageCopyMethod.Gallery)
        : Existing.TargetRegion.Any(region => region.Location == location && region.State == "Completed") ? "Existing" : "Replication";

    private static async Task<GalleryCopyWay> OfExistingAsync(Operation operation, ResourceId definitionId, ImageVersion version)
    {
        ImageDefinition definition = GalleryMapper.Definition(await new ResourceReader(ResourceTypes.GalleryImage, ErrorIds.ImageNotFound).ReadOneAsync(operation, definitionId.Text).ConfigureAwait(false));
        return new GalleryCopyWay(null, version) { OSType = definition.OSType, HyperVGeneration = definition.HyperVGeneration };
    }

    // The region of the source is among those of a version, whether it is asked for or not: it is made there.
    private static async Task<VersionPlan> PlanAsync(Operation operation, IReadOnlyList<ImageCopyTarget> targets)
    {
        ImageCopyTarget first = targets[0];
        VersionSource source = await VersionSourceReader.ReadAsync(operation, first.SourceId).ConfigureAwait(false);
        List<string> regions = [.. targets.Select(target => target.Location)];
        if (!regions.Exists(source.Region.Contains))
            regions.Insert(0, source.Region[0]);
        return await VersionPlanner.PlanAsync(operation, new NewVersionOptions
        {
            DefinitionId = first.Gallery!.DefinitionId,
            Source = first.SourceId,
            Version = first.Gallery.Version,
            Increment = first.Gallery.Increment ?? VersionIncrement.Patch,
            TargetRegion = [.. regions.Select(region => new ImageTargetRegion { Location = region })],
            Tag = first.Tag,
        }).ConfigureAwait(false);
    }

    // What an earlier copy has made: of this source, and not of one that had its name before.
    private static async Task<ImageVersion?> MadeAsync(Operation operation, VersionPlan plan, ResourceId source)
    {
        List<JsonElement> versions = await new GalleryWalk(operation, new GalleryQuery()).ListVersionsAsync(plan.Definition).ConfigureAwait(false);
        ImageVersion[] made = [.. versions.Select(VersionMapper.Map).Where(version => string.Equals(version.SourceId, plan.SourceId, StringComparison.OrdinalIgnoreCase)
            && version.ProvisioningState is not ("Creating" or "Deleting") && !version.Tag.ContainsKey(OperationTags.UnfinishedTag)).OrderByDescending(version => version.Version).Take(1)];
        if (made.Length == 0 || made[0].PublishedDate < await MadeAtAsync(operation, source).ConfigureAwait(false))
            return null;

        return await VersionService.ReadAsync(operation, ResourceId.TryParse(made[0].Id)!).ConfigureAwait(false);
    }

    private static async Task<DateTimeOffset?> MadeAtAsync(Operation operation, ResourceId source) => source.Is(ResourceTypes.Image)
        ? await ResourceCreation.ReadAsync(operation, source).ConfigureAwait(false)
        : (await VersionService.ReadAsync(operation, source).ConfigureAwait(false)).PublishedDate;
}
