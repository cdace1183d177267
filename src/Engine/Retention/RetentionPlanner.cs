using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Galleries;

namespace ImageCmdlets.Engine.Retention;

/// <summary>Decides which versions of one image definition stay. Asks nobody.</summary>
/// <param name="rule">The rules.</param>
/// <param name="now">The time.</param>
internal sealed class RetentionPlanner(GetImageRetentionOptions rule, DateTimeOffset now)
{
    private const string Succeeded = "Succeeded", Failed = "Failed";

    /// <summary>The plan, the newest version first.</summary>
    /// <param name="versions">All versions of the definition, as Azure lists them.</param>
    /// <param name="users">The machines, scale sets and instances of each version by its id; null where they are not known.</param>
    public IReadOnlyList<ImageRetention> Plan(IReadOnlyList<JsonElement> versions, IReadOnlyDictionary<string, IReadOnlyList<ImageUsage>>? users)
    {
        ImageVersion[] mapped = [.. versions.Select(VersionMapper.Map).OrderByDescending(version => version.Version)];
        ILookup<string, string> latest = LatestOf(versions, mapped);
        ImageVersion[] newest = [.. mapped.Where(version => version is { ProvisioningState: Succeeded, ExcludeFromLatest: false }).Take(Math.Max(1, rule.KeepLast))];
        HashSet<string> last = [.. newest.Select(version => version.Id)];
        string? lastMade = (mapped.FirstOrDefault(version => version.ProvisioningState == Succeeded) ?? mapped.FirstOrDefault(IsInSomeRegion))?.Id;
        return [.. mapped.Select(version =>
        {
            IReadOnlyList<ImageUsage>? own = users is null ? null : users.TryGetValue(version.Id, out IReadOnlyList<ImageUsage>? found) ? found : [];
            bool isPartOfNewest = IsInSomeRegion(version) && (newest.Length < Math.Max(1, rule.KeepLast) || version.Version > newest[newest.Length - 1].Version);
            string[] partly = isPartOfNewest ? [$"is whole in {string.Join(", ", WholeIn(version))}, though it failed elsewhere, and as new as those that are kept"] : [];
            string[] keeps = [.. Keeps(version, own), .. partly, .. latest[version.Id], .. Last(version, last, lastMade), .. Dates(version)];
            return Row(version, own, keeps);
        })];
    }

    // Azure says Failed of a version as soon as one region has failed; in the others machines are made of it all the same.
    private static bool IsInSomeRegion(ImageVersion version) => version.ProvisioningState == Failed && WholeIn(version).Any();

    private static IEnumerable<string> WholeIn(ImageVersion version) => version.TargetRegion.Where(region => region.State == "Completed").Select(region => region.Location);

    // Which version is the latest, in general and in each region: what follows latest would fall back, or find none.
    private static ILookup<string, string> LatestOf(IReadOnlyList<JsonElement> versions, ImageVersion[] mapped)
    {
        var found = new List<(string Id, string Reason)>();
        string[] regions = [.. mapped.SelectMany(version => version.TargetRegion).Select(region => region.Location).Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal)];
        if (LatestVersion.Of(versions, null) is { } overall)
            found.Add((overall.Text("id")!, "is the latest version"));
        foreach (string region in regions)
        {
            if (LatestVersion.Of(versions, region) is { } here)
                found.Add((here.Text("id")!, $"is the latest version in {region}"));
        }

        return found.ToLookup(entry => entry.Id, entry => entry.Reason, StringComparer.OrdinalIgnoreCase);
    }

    private IEnumerable<string> Keeps(ImageVersion version, IReadOnlyList<ImageUsage>? users)
    {
        if (version.ProvisioningState is not (Succeeded or Failed))
            yield return $"is in the state {version.ProvisioningState ?? "unknown"}";
        if (version.IsStaged)
            yield return "waits to be tested and released";
        if (!rule.IgnoreUsage && users is null)
            yield return "may be in use: not everything could be looked at";
        if (!rule.IgnoreUsage && users is { Count: > 0 })
            yield return $"is in use by {users[0].Name}" + (users.Count > 1 ? $" and {users.Count - 1} more" : string.Empty);
        if (rule.KeepTag.FirstOrDefault(tag => version.Tag.TryGetValue(tag.Key, out string? value) && tag.Value is "" or null || tag.Value == value) is { Key: not null } kept)
            yield return $"has the tag {kept.Key}";
    }

    private static IEnumerable<string> Last(ImageVersion version, HashSet<string> last, string? lastMade)
    {
        if (last.Contains(version.Id))
            yield return last.Count == 1 ? "is the newest one" : $"is one of the newest {last.Count}";
        else if (version.Id == lastMade)
            yield return "is the newest one that was made well";
    }

    private IEnumerable<string> Dates(ImageVersion version)
    {
        if (rule.KeepDays is { } days && version.PublishedDate is { } published && published > now.AddDays(-days))
            yield return $"was published less than {days} days ago";
        if (version.EndOfLifeDate is { } end && end > now)
        {
            if (version.BlockDeletionBeforeEndOfLife)
                yield return $"is not to be deleted before its end of life on {end:yyyy-MM-dd}";
            else if (rule.KeepUntilEndOfLife)
                yield return $"reaches its end of life on {end:yyyy-MM-dd}";
        }
    }

    private ImageRetention Row(ImageVersion version, IReadOnlyList<ImageUsage>? users, string[] keeps) => new()
    {
        Id = version.Id,
        GalleryName = version.GalleryName!,
        DefinitionName = version.DefinitionName!,
        Version = version.Name,
        Action = keeps.Length > 0 ? ImageRetentionAction.Keep : ImageRetentionAction.Remove,
        Reason = keeps.Length > 0 ? keeps : [.. WhyNot(version, users)],
        PublishedDate = version.PublishedDate,
        EndOfLifeDate = version.EndOfLifeDate,
        ProvisioningState = version.ProvisioningState,
        UseCount = users?.Count,
        SizeGB = version.SizeGB,
        ReplicaCount = version.TargetRegion.Sum(region => region.ReplicaCount ?? 1),
        Rule = rule,
    };

    private IEnumerable<string> WhyNot(ImageVersion version, IReadOnlyList<ImageUsage>? users)
    {
        yield return version.ProvisioningState == Failed && !WholeIn(version).Any() ? "was never made: it failed in every region"
            : version.ExcludeFromLatest ? "is excluded from latest" : $"is older than the newest {Math.Max(1, rule.KeepLast)}";
        if (version.EndOfLifeDate <= now)
            yield return $"reached its end of life on {version.EndOfLifeDate:yyyy-MM-dd}";
        if (users is { Count: 0 })
            yield return "is used by nobody";
    }
}
