using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Marketplace;

/// <summary>Walks publishers, offers, SKUs and versions, asking only the levels that have wildcards.</summary>
/// <remarks>Wave by wave, depth first: a bounded number of questions at once, the same order every time, and the first images come
/// long before the last publisher is looked at.</remarks>
internal sealed class MarketplaceWalk(Operation operation, MarketplaceReader reader, FindMarketplaceImageOptions options)
{
    private const int VersionLevel = 3;
    private const string LatestVersion = "latest";

    private readonly string[] _wanted = [options.Publisher, options.Offer, options.Sku, options.Version];
    private bool _found;

    private bool WantsLatest => string.Equals(options.Version, LatestVersion, StringComparison.OrdinalIgnoreCase);

    public async Task RunAsync()
    {
        await DescendAsync([[]], 0).ConfigureAwait(false);
        if (!_found && !Array.Exists(_wanted, NamePattern.HasWildcard) && options.Architecture is null && options.HyperVGeneration is null && options.OSType is null)
            throw reader.NotFound(new ImageUrn(options.Publisher, options.Offer, options.Sku, options.Version));
    }

    private async Task DescendAsync(List<string[]> parents, int level)
    {
        for (int start = 0; start < parents.Count; start += operation.ThrottleLimit)
        {
            string[][] wave = [.. parents.Skip(start).Take(operation.ThrottleLimit)];
            var children = new List<string[]>();
            await operation.ForEachInOrderAsync(wave, (parent, own) => ChildrenAsync(own, parent, level), found =>
            {
                children.AddRange(found);
                return Task.CompletedTask;
            }).ConfigureAwait(false);
            if (level == VersionLevel)
                await operation.ForEachInOrderAsync(children, ReadAsync, WriteAsync).ConfigureAwait(false);
            else
                await DescendAsync(children, level + 1).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<string[]>> ChildrenAsync(Operation own, string[] parent, int level)
    {
        string wanted = _wanted[level];
        bool isLatest = level == VersionLevel && WantsLatest;
        if (!isLatest && !NamePattern.HasWildcard(wanted))
            return [[.. parent, wanted]];

        IReadOnlyList<string> names = await NamesAsync(own, parent, level).ConfigureAwait(false);
        if (isLatest)
            return ImageVersionOrder.Latest(names) is { } latest ? [[.. parent, latest]] : [];

        var pattern = new NamePattern(wanted);
        IComparer<string> order = level == VersionLevel ? ImageVersionOrder.Instance : StringComparer.OrdinalIgnoreCase;
        return [.. names.Where(pattern.Fits).OrderBy(name => name, order).Select(name => (string[])[.. parent, name])];
    }

    // Below a pattern, a name that does not exist is no mistake: not every publisher has the offer that was asked for.
    private async Task<IReadOnlyList<string>> NamesAsync(Operation own, string[] parent, int level)
    {
        try
        {
            return await reader.NamesAsync(own, parent).ConfigureAwait(false);
        }
        catch (ArmOperationException exception) when (exception.ErrorId == ErrorIds.MarketplaceImageNotFound && _wanted.Take(level).Any(NamePattern.HasWildcard))
        {
            return [];
        }
    }

    private Task<MarketplaceImage?> ReadAsync(string[] path, Operation own) => reader.FindAsync(own, new ImageUrn(path[0], path[1], path[2], path[3]));

    private Task WriteAsync(MarketplaceImage? image)
    {
        if (image is null || !Fits(image))
            return Task.CompletedTask;

        _found = true;
        return operation.WriteAsync(image);
    }

    private bool Fits(MarketplaceImage image) =>
        IsWanted(options.Architecture, image.Architecture)
        && IsWanted(options.HyperVGeneration, image.HyperVGeneration)
        && IsWanted(options.OSType, image.OSType);

    private static bool IsWanted(string? wanted, string? value) => wanted is null || string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase);
}
