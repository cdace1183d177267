using System.Globalization;

namespace ImageCmdlets.Engine.Marketplace;

/// <summary>Orders versions of images by the numbers between their dots, as <c>latest</c> means it.</summary>
/// <remarks>Azure's own <c>$orderby=name desc</c> is by text, where 4081.2.1 comes after 4081.10.0. The engine has its own order and
/// not the sandbox's, so that a mistake in one shows against the other.</remarks>
internal sealed class ImageVersionOrder : IComparer<string>
{
    public static readonly ImageVersionOrder Instance = new();

    private ImageVersionOrder()
    {
    }

    /// <summary>The greatest of some versions; null when there are none.</summary>
    public static string? Latest(IEnumerable<string> versions)
    {
        string? latest = null;
        foreach (string version in versions)
        {
            if (latest is null || Instance.Compare(version, latest) > 0)
                latest = version;
        }

        return latest;
    }

    public int Compare(string? x, string? y)
    {
        string[] left = (x ?? string.Empty).Split('.');
        string[] right = (y ?? string.Empty).Split('.');
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            int order = Number(left, i).CompareTo(Number(right, i));
            if (order != 0)
                return order;
        }

        return string.CompareOrdinal(x, y);
    }

    // Dates in versions (24.04.202502140) do not fit into 32 bits; what is no number comes before every number.
    private static long Number(string[] parts, int index) =>
        index < parts.Length && long.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : -1;
}
