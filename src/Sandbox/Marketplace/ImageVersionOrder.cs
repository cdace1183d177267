using System.Globalization;

namespace ImageCmdlets.Sandbox.Marketplace;

/// <summary>
/// Orders version names by the numbers between their dots, as <c>latest</c> does: 1.10.0 is newer than 1.9.0. Parts may be
/// longer than an Int32 holds in practice (<c>24.04.202502140</c>), so they are compared as Int64.
/// </summary>
public sealed class ImageVersionOrder : IComparer<string>
{
    private ImageVersionOrder()
    {
    }

    /// <summary>The only instance.</summary>
    public static ImageVersionOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        string[] left = (x ?? string.Empty).Split('.');
        string[] right = (y ?? string.Empty).Split('.');
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            int order = Part(left, i).CompareTo(Part(right, i));
            if (order != 0)
            {
                return order;
            }
        }

        return string.CompareOrdinal(x, y);
    }

    private static long Part(string[] parts, int index) =>
        index < parts.Length && long.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : -1;
}
