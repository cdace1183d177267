using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>
/// The copies of a version in its regions: planned when a write begins, and computed whenever somebody looks. Each region keeps
/// in the version's state when its copying began and when it ends.
/// </summary>
internal static class Replication
{
    private const string Key = "replication";

    // Recorded updates that change nothing take 150 seconds; adding a region 376 to 420, a first region 421 to 486. Assumptions:
    // how these times are made up, and that a GiB in use costs 20 seconds.
    private static readonly TimeSpan s_before = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_after = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan s_home = TimeSpan.FromSeconds(280);
    private static readonly TimeSpan s_other = TimeSpan.FromSeconds(210);
    private static readonly TimeSpan s_perRegionBefore = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_perReplica = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_moreReplicas = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_perGiB = TimeSpan.FromSeconds(20);

    private static readonly Regex s_region = new("region:([a-z0-9]+)", RegexOptions.CultureInvariant);

    // Assumption: a shallow version points to its source, and is there within a minute.
    private static readonly TimeSpan s_shallow = TimeSpan.FromSeconds(30);

    /// <summary>Plans the copies that a version's target regions ask for; regions that it had before stay usable.</summary>
    /// <param name="version">The version with the target regions it is to have.</param>
    /// <param name="now">When the write begins.</param>
    /// <returns>How long the write takes.</returns>
    public static TimeSpan Plan(ResourceEntry version, DateTimeOffset now)
    {
        JsonObject before = version.State.Object(Key)?.Copy() ?? JsonText.NewObject();
        JsonObject regions = JsonText.NewObject();
        string home = Regions.Normalize(version.Location!);
        DateTimeOffset begin = now + s_before, last = begin;
        foreach (JsonObject target in Targets(version).OrderBy(target => Region(target) != home))
        {
            JsonObject region = PlanRegion(version, before, regions, target, begin);
            regions[Region(target)] = region;
            if (Time(region, "ends") is { } ends && ends > last) last = ends;
        }

        version.State[Key] = regions;
        return last - now + s_after;
    }

    /// <summary>Whether the version can be used in a region.</summary>
    public static bool IsAvailable(ResourceEntry version, string region, DateTimeOffset now)
    {
        if (version.ProvisioningState is "Creating" or "Deleting") return false;
        return version.State.Object(Key)?[region] is JsonObject copy && (copy.Flag("usable") == true || IsDone(copy, now));
    }

    /// <summary>Whether the first region has its copy: from then on the others are made of that, and the source is not needed.</summary>
    public static bool IsMade(ResourceEntry version, DateTimeOffset now) =>
        version.State.Object(Key)?[Regions.Normalize(version.Location!)] is JsonObject home && IsDone(home, now);

    /// <summary>Regions where the version can be used.</summary>
    public static IEnumerable<string> AvailableRegions(ResourceEntry version, DateTimeOffset now) =>
        Targets(version).Select(Region).Where(region => IsAvailable(version, region, now));

    /// <summary>
    /// Breaks the copies of a write that failed: those of the regions that the error names, or all that the write has made.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="begun">When the write began; copies that were finished then are sound.</param>
    /// <param name="now">When it failed.</param>
    /// <param name="message">Why. Azure names failing regions so: <c>{region:northeurope, detail:…}</c>.</param>
    public static void Break(ResourceEntry version, DateTimeOffset begun, DateTimeOffset now, string message)
    {
        HashSet<string> named = [.. s_region.Matches(message).OfType<Match>().Select(static match => match.Groups[1].Value)];
        foreach (KeyValuePair<string, JsonNode?> region in version.State.Object(Key) ?? [])
        {
            var copy = (JsonObject)region.Value!;
            if (named.Count > 0 ? !named.Contains(region.Key) : IsDone(copy, begun)) continue;
            copy["progress"] = Math.Min(99, Percent(copy, now));
            copy["failed"] = message;
            copy.Remove("usable");
        }
    }

    /// <summary>The <c>replicationStatus</c>; regions by their short names (recorded).</summary>
    public static JsonObject Status(ResourceEntry version, DateTimeOffset now)
    {
        JsonObject[] summary = [.. Targets(version).Select(target => Summary(version, Region(target), now))];
        bool failed = summary.Any(static r => r.Text("state") == "Failed");
        bool busy = summary.Any(static r => r.Text("state") == "Replicating");
        JsonObject status = JsonText.NewObject();
        status["aggregatedState"] = busy ? "InProgress" : failed ? "Failed" : "Completed";
        status["summary"] = new JsonArray([.. summary]);
        return status;
    }

    private static JsonObject PlanRegion(
        ResourceEntry version, JsonObject before, JsonObject planned, JsonObject target, DateTimeOffset begin)
    {
        string name = Region(target);
        long replicas = target.Number("regionalReplicaCount") ?? 1;
        var present = before[name] as JsonObject;
        bool whole = present is not null && present["failed"] is null;
        if (whole && replicas <= (present.Number("replicas") ?? 1))
        {
            JsonObject same = present!.Copy();
            same["replicas"] = replicas;
            return same;
        }

        // The copies of other regions are taken from the region where the version was made.
        DateTimeOffset start =
            planned[Regions.Normalize(version.Location!)] is JsonObject home && Time(home, "ends") is { } made && made > begin
                ? made
                : begin;
        TimeSpan duration = Duration(version, name, replicas, planned.Count, whole);
        JsonObject region = JsonText.NewObject();
        region["started"] = ArmTime.Format(start);
        region["ends"] = ArmTime.Format(start + duration);
        region["replicas"] = replicas;
        if (whole) region["usable"] = true;
        return region;
    }

    private static TimeSpan Duration(ResourceEntry version, string region, long replicas, int position, bool whole)
    {
        if (version.Body.Text("properties.publishingProfile.replicationMode") == "Shallow") return s_shallow;
        var content = TimeSpan.FromTicks((version.State.Number("copiedBytes") ?? 0) * s_perGiB.Ticks / DiskSource.GiB);
        if (whole) return s_moreReplicas + content;
        long further = s_perReplica.Ticks * (replicas - 1), queue = s_perRegionBefore.Ticks * Math.Max(0, position - 1);
        var more = TimeSpan.FromTicks(further + queue);
        bool home = region == Regions.Normalize(version.Location!);
        return (home ? s_home : s_other) + content + more;
    }

    private static JsonObject Summary(ResourceEntry version, string region, DateTimeOffset now)
    {
        JsonObject summary = JsonText.NewObject();
        summary["region"] = region;
        var copy = version.State.Object(Key)?[region] as JsonObject;
        string? failure = copy.Text("failed");
        summary["state"] = failure is not null ? "Failed" : copy is null || !IsDone(copy, now) ? "Replicating" : "Completed";
        if (failure is not null) summary["details"] = failure;
        summary["progress"] = copy is null ? 0 : copy.Number("progress") ?? Percent(copy, now);
        return summary;
    }

    private static bool IsDone(JsonObject copy, DateTimeOffset now) => copy["failed"] is null && Time(copy, "ends") <= now;

    private static long Percent(JsonObject copy, DateTimeOffset now)
    {
        DateTimeOffset started = Time(copy, "started")!.Value, ends = Time(copy, "ends")!.Value;
        if (now >= ends) return 100;
        return now <= started ? 0 : (now - started).Ticks * 100 / (ends - started).Ticks;
    }

    private static IEnumerable<JsonObject> Targets(ResourceEntry version) =>
        version.Body.Items("properties.publishingProfile.targetRegions");

    private static string Region(JsonObject target) => Regions.Normalize(target.Text("name")!);

    private static DateTimeOffset? Time(JsonObject copy, string name) =>
        copy.Text(name) is { } text ? ArmTime.Parse(text) : null;
}
