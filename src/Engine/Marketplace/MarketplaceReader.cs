using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Marketplace;

/// <summary>Asks one region's marketplace: the names below a publisher, an offer or a SKU, and what one version is.</summary>
/// <remarks>Source: <c>VirtualMachineImages_List…</c> and <c>_Get</c>. The lists are bare arrays without pages.</remarks>
internal sealed class MarketplaceReader(string subscriptionId, string location)
{
    private static readonly string[] s_collections = ["publishers", "artifacttypes/vmimage/offers", "skus", "versions"];
    private readonly string _root = $"/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}";

    public string Location => location;

    /// <summary>The names one level below a path: no names give publishers, three names give versions.</summary>
    /// <exception cref="ArmOperationException">MarketplaceImageNotFound: a name of the path does not exist.</exception>
    public async Task<IReadOnlyList<string>> NamesAsync(Operation operation, IReadOnlyList<string> path)
    {
        var names = new List<string>();
        string address = $"{PathOf(path)}/{s_collections[path.Count]}";
        await operation.Arm.ListAsync(address, ArmApiVersions.Compute, item =>
        {
            if (item.Text("name") is { } name)
                names.Add(name);
            return Task.CompletedTask;
        }, operation.CancellationToken).ConfigureAwait(false);
        return names;
    }

    /// <summary>One exact version; null when there is none of that name.</summary>
    public async Task<MarketplaceImage?> FindAsync(Operation operation, ImageUrn urn)
    {
        string address = PathOf([urn.Publisher, urn.Offer, urn.Sku, urn.Version]);
        ArmAnswer? answer = await operation.Arm.FindAsync(address, ArmApiVersions.Compute, operation.CancellationToken).ConfigureAwait(false);
        return answer is null ? null : MarketplaceMapper.Map(answer.Body, location, urn);
    }

    /// <summary>The one version that a URN means: exact, <c>latest</c>, or the greatest that fits a pattern.</summary>
    /// <exception cref="ImageCmdletsException">MarketplaceImageNotFound.</exception>
    public async Task<MarketplaceImage> ResolveAsync(Operation operation, ImageUrn urn)
    {
        ImageUrn exact = urn;
        if (urn.IsLatest || NamePattern.HasWildcard(urn.Version))
        {
            IReadOnlyList<string> versions = await NamesAsync(operation, [urn.Publisher, urn.Offer, urn.Sku]).ConfigureAwait(false);
            exact = urn with { Version = ImageVersionOrder.Latest(Fitting(versions, urn)) ?? throw NotFound(urn) };
        }

        MarketplaceImage image = await FindAsync(operation, exact).ConfigureAwait(false) ?? throw NotFound(urn);
        if (!ReferenceEquals(exact, urn))
            operation.Verbose($"{urn} is {image.Urn} in {location}.");
        return image;
    }

    public ImageCmdletsException NotFound(ImageUrn urn) =>
        new(ErrorIds.MarketplaceImageNotFound, $"The marketplace of {location} has no image '{urn}'.", urn.ToString());

    private static IEnumerable<string> Fitting(IReadOnlyList<string> versions, ImageUrn urn)
    {
        if (urn.IsLatest)
            return versions;

        var pattern = new NamePattern(urn.Version);
        return versions.Where(pattern.Fits);
    }

    private string PathOf(IReadOnlyList<string> names)
    {
        string path = _root;
        for (int i = 0; i < names.Count; i++)
            path += $"/{s_collections[i]}/{Uri.EscapeDataString(names[i])}";
        return path;
    }
}
