using System.Collections.Concurrent;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Usage;

/// <summary>Tells which uses count: those of the images that were asked about.</summary>
/// <param name="asked">The images, versions, definitions and galleries.</param>
internal sealed class UsageMatch(IReadOnlyList<ResourceId> asked)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<JsonElement>> _versions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The managed images, definitions and galleries that references of counting uses begin with.</summary>
    public IReadOnlyList<string> Roots { get; } =
        [.. asked.Select(id => id.Is(ResourceTypes.GalleryImageVersion) ? GalleryIds.ParentOf(id).Text : id.Text).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The use of an image by something; null where it is not one that was asked about.</summary>
    /// <param name="id">What uses it.</param>
    /// <param name="kind">What that is.</param>
    /// <param name="location">Where that is.</param>
    /// <param name="reference">The image that it names.</param>
    /// <param name="scaleSetId">The scale set that it is an instance of.</param>
    /// <param name="isLatestModel">Whether it is as the model of that set wants it, where Azure says so.</param>
    public ImageUsage? Use(string id, ImageUserKind kind, string? location, ImageReference? reference, string? scaleSetId, bool? isLatestModel = null) =>
        reference is not null && asked.Any(reference.IsOf)
            ? new ImageUsage
            {
                Id = id,
                Kind = kind,
                Location = location,
                ImageId = reference.Id.Text,
                FollowsLatest = reference.FollowsLatest,
                ScaleSetId = scaleSetId,
                LatestModelApplied = isLatestModel,
            }
            : null;

    /// <summary>The version that the model of a scale set means today. It changes with the versions; only for definitions that were asked about
    /// is it looked up.</summary>
    public async Task<ImageReference?> ResolveAsync(Operation operation, ImageReference? model, string? location)
    {
        bool isAsked = model is not null && model.Id.Is(ResourceTypes.GalleryImage)
            && asked.Any(id => model.IsOf(id) || id.Text.StartsWith(model.Id.Text + "/", StringComparison.OrdinalIgnoreCase));
        if (!isAsked)
            return model;

        if (!_versions.TryGetValue(model!.Id.Text, out IReadOnlyList<JsonElement>? versions))
            _versions[model.Id.Text] = versions = await new GalleryWalk(operation, new GalleryQuery()).ListVersionsAsync(model.Id).ConfigureAwait(false);
        return LatestVersion.Of(versions, location) is { } latest ? model with { Id = ResourceId.TryParse(latest.Text("id"))! } : model;
    }
}
