using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>
/// Which instances go when the capacity shrinks: by default zones are kept even and the highest numbers go first; by the
/// rules <c>NewestVM</c> and <c>OldestVM</c> zones are kept even and age decides (documented).
/// </summary>
internal static class ScaleIn
{
    /// <summary>The instances to remove. Protected ones stay, also when the capacity is then not reached.</summary>
    public static IReadOnlyList<ResourceEntry> Choose(ResourceEntry set, IReadOnlyList<ResourceEntry> instances, int count)
    {
        bool oldest = set.Body.Array("properties.scaleInPolicy.rules")?.FirstOrDefault()?.ToString() == "OldestVM";
        List<ResourceEntry> left = [.. instances];
        var gone = new List<ResourceEntry>();
        while (gone.Count < count && Next(left, oldest) is { } next)
        {
            left.Remove(next);
            gone.Add(next);
        }

        return gone;
    }

    // Instances are in the order of their numbers, which is that of their age.
    private static ResourceEntry? Next(List<ResourceEntry> left, bool oldest)
    {
        ResourceEntry[] free = [.. left.Where(static i => !Protection.FromScaleIn(i))];
        if (free.Length == 0) return null;
        string?[] zones = [.. left.Select(Zone)];
        int fullest = free.Max(i => zones.Count(z => z == Zone(i)));
        IEnumerable<ResourceEntry> candidates = free.Where(i => zones.Count(z => z == Zone(i)) == fullest);
        return oldest ? candidates.First() : candidates.Last();
    }

    private static string? Zone(ResourceEntry instance) => instance.Body.Array("zones")?.FirstOrDefault()?.ToString();
}
