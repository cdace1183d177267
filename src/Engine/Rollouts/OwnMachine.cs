using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Engine.Rollouts;

/// <summary>Tells the machines that a flexible set has made from those that somebody joined to it, of whatever image. Azure does not say; only the first are ever replaced.</summary>
internal static class OwnMachine
{
    /// <summary>Whether a machine's image is one that the set's model had, has or gets: another version of the same image definition, of the same publisher and offer, or the very same image.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="models">What the model names, named before, is to name.</param>
    public static bool IsOf(ImageScaleSetInstance machine, IEnumerable<string?> models) => machine.Image is { } image && models.OfType<string>().Any(model => IsSameKind(image, model));

    private static bool IsSameKind(string image, string model)
    {
        if (ImageUrn.TryParse(image) is { } urn)
            return ImageUrn.TryParse(model) is { } other && Is(urn.Publisher, other.Publisher) && Is(urn.Offer, other.Offer);
        return Is(Root(image), Root(model));
    }

    private static string Root(string image) => ResourceId.TryParse(image) is { } id && id.Is(ResourceTypes.GalleryImageVersion) ? GalleryIds.ParentOf(id).Text : image;

    private static bool Is(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
