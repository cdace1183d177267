using System.Reflection;
using System.Text.Json;

namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>
/// The marketplace images that the sandbox knows, the same in every region. Read once from <c>Catalogue.json</c>; names are
/// looked up without case, as Azure does.
/// </summary>
public sealed class MarketplaceCatalogue
{
    private const string Resource = "ImageCmdlets.Sandbox.Marketplace.Catalogue.json";
    private static readonly Lazy<MarketplaceCatalogue> s_default = new(Load);
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    private MarketplaceCatalogue(IReadOnlyList<MarketplacePublisher> publishers) => Publishers = publishers;

    /// <summary>The catalogue that comes with the sandbox.</summary>
    public static MarketplaceCatalogue Default => s_default.Value;

    /// <summary>All publishers.</summary>
    public IReadOnlyList<MarketplacePublisher> Publishers { get; }

    /// <summary>Finds a publisher, or null.</summary>
    /// <param name="publisher">Name, in any casing.</param>
    public MarketplacePublisher? FindPublisher(string? publisher) => Publishers.FirstOrDefault(p => Same(p.Name, publisher));

    /// <summary>Finds an offer of a publisher, or null.</summary>
    /// <param name="publisher">The publisher's name.</param>
    /// <param name="offer">The offer's name.</param>
    public MarketplaceOffer? FindOffer(string? publisher, string? offer) =>
        FindPublisher(publisher)?.Offers.FirstOrDefault(o => Same(o.Name, offer));

    /// <summary>Finds a SKU of an offer, or null.</summary>
    /// <param name="publisher">The publisher's name.</param>
    /// <param name="offer">The offer's name.</param>
    /// <param name="sku">The SKU's name.</param>
    public MarketplaceSku? FindSku(string? publisher, string? offer, string? sku) =>
        FindOffer(publisher, offer)?.Skus.FirstOrDefault(s => Same(s.Name, sku));

    /// <summary>Finds the image a reference means, or null when any of its four parts is unknown.</summary>
    /// <param name="publisher">The reference's publisher.</param>
    /// <param name="offer">The reference's offer.</param>
    /// <param name="sku">The reference's SKU.</param>
    /// <param name="version">A version, or <c>latest</c> for the highest.</param>
    public MarketplaceImage? FindImage(string? publisher, string? offer, string? sku, string? version)
    {
        MarketplaceSku? found = FindSku(publisher, offer, sku);
        if (found is null)
        {
            return null;
        }

        string? exact = Same("latest", version)
            ? found.Versions.OrderByDescending(v => v, ImageVersionOrder.Instance).FirstOrDefault()
            : found.Versions.FirstOrDefault(v => Same(v, version));
        return exact is null ? null : new(FindPublisher(publisher)!, FindOffer(publisher, offer)!, found, exact);
    }

    /// <summary>Finds the plan that a purchase names, wherever in the catalogue it is; null when nobody sells it.</summary>
    /// <param name="publisher">The plan's publisher.</param>
    /// <param name="product">The plan's product.</param>
    /// <param name="name">The plan's name.</param>
    public MarketplacePlan? FindPlan(string? publisher, string? product, string? name) =>
        Publishers.SelectMany(p => p.Offers).SelectMany(o => o.Skus).Select(s => s.Plan)
            .FirstOrDefault(p => p is not null && p.Matches(publisher, product, name));

    private static bool Same(string a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static MarketplaceCatalogue Load()
    {
        using Stream stream = typeof(MarketplaceCatalogue).GetTypeInfo().Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource '{Resource}' is not part of the assembly.");
        CatalogueFile file = JsonSerializer.Deserialize<CatalogueFile>(stream, s_options)
            ?? throw new InvalidOperationException($"The resource '{Resource}' is empty.");
        return new(file.Publishers);
    }

    private sealed record CatalogueFile(IReadOnlyList<MarketplacePublisher> Publishers);
}
