using System.Globalization;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>What <c>$orderby</c>, <c>$filter</c> and <c>$top</c> choose of a list of versions.</summary>
internal static class ImageVersionQuery
{
    // Assumption: without $orderby the order is that of strings; descending it is that of numbers, because clients take the
    // first of it for the latest (recorded: azcli test_gallery_e2e#13).
    public static IEnumerable<string> Select(RequestContext context, IEnumerable<string> versions)
    {
        string? order = context.Query["$orderby"];
        IEnumerable<string> sorted = order switch
        {
            null => versions.OrderBy(static v => v, StringComparer.Ordinal),
            _ when order.EndsWith("desc", StringComparison.OrdinalIgnoreCase) =>
                versions.OrderByDescending(static v => v, ImageVersionOrder.Instance),
            _ => versions.OrderBy(static v => v, ImageVersionOrder.Instance),
        };
        Match filter = Regex.Match(
            context.Query["$filter"] ?? string.Empty,
            @"startswith\(\s*name\s*,\s*'(?<start>[^']*)'\s*\)",
            RegexOptions.IgnoreCase);
        string start = filter.Groups["start"].Value;
        sorted = sorted.Where(v => v.StartsWith(start, StringComparison.OrdinalIgnoreCase));
        return int.TryParse(context.Query["$top"], NumberStyles.None, CultureInfo.InvariantCulture, out int top)
            ? sorted.Take(top)
            : sorted;
    }
}
