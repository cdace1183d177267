namespace ImageCmdlets.Engine.Lineage;

/// <summary>Images of the marketplace, as machines and disks name them.</summary>
internal static class MarketplaceOrigin
{
    /// <summary>The URN of a URN, or of the id by which a disk names a version of the marketplace; null for anything else.</summary>
    /// <remarks>Source: <c>creationData.imageReference.id</c>: /Subscriptions/…/Publishers/p/ArtifactTypes/VMImage/Offers/o/Skus/s/Versions/v.</remarks>
    public static string? UrnOf(string? origin)
    {
        if (ImageUrn.TryParse(origin) is { } urn)
            return urn.Urn;

        string[] parts = (origin ?? string.Empty).Split('/');
        string? Part(string name)
        {
            int index = Array.FindIndex(parts, part => string.Equals(part, name, StringComparison.OrdinalIgnoreCase));
            return index >= 0 && index + 1 < parts.Length ? parts[index + 1] : null;
        }

        return Part("Publishers") is { } publisher && Part("Offers") is { } offer && Part("Skus") is { } sku && Part("Versions") is { } version
            ? new ImageUrn(publisher, offer, sku, version).Urn
            : null;
    }
}
