using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>
/// The publishing and safety profiles of a version: what a request sends, completed by what is there and by defaults.
/// </summary>
internal static class GalleryVersionProfile
{
    private const string Sent = "properties.publishingProfile";
    private const string Target = $"{GalleryVersionErrors.Root}.publishingProfile";
    private const int MostReplicas = 100;

    private static readonly string[] s_order =
    [
        "targetRegions", "replicaCount", "excludeFromLatest", "publishedDate", "endOfLifeDate", "storageAccountType",
        "replicationMode", "targetExtendedLocations",
    ];

    private static readonly string[] s_storage = ["Standard_LRS", "Standard_ZRS", "Premium_LRS"];

    /// <summary>The publishing profile that the request leads to.</summary>
    /// <param name="context">The request.</param>
    /// <param name="present">The profile of the version that exists; null for a new one.</param>
    public static JsonObject Publishing(RequestContext context, JsonObject? present)
    {
        JsonObject? sent = context.Body.Object(Sent);
        JsonObject profile = present?.Copy() ?? JsonText.NewObject();
        if (sent?["replicaCount"] is not null) profile["replicaCount"] = Count(sent, $"{Target}.replicaCount", "replicaCount");
        profile["replicaCount"] ??= 1;
        profile["excludeFromLatest"] = Flag(sent, "excludeFromLatest") ?? profile.Flag("excludeFromLatest") ?? false;
        profile["publishedDate"] ??= ArmTime.Format(context.Now);
        if (GalleryBodies.EndOfLife(context, "publishingProfile.endOfLifeDate", $"{Target}.endOfLifeDate") is { } end)
            profile["endOfLifeDate"] = end;
        profile["storageAccountType"] = Storage(sent) ?? profile.Text("storageAccountType") ?? "Standard_LRS";
        if (GalleryWords.Read(sent, "replicationMode", $"{Target}.replicationMode", "Full", "Shallow") is { } mode)
            profile["replicationMode"] = mode;
        if (sent?["targetExtendedLocations"] is JsonArray edges) profile["targetExtendedLocations"] = edges.DeepClone();
        profile["targetRegions"] = TargetRegions(context, sent, profile);
        return PropertyOrder.Sort(profile, s_order);
    }

    /// <summary>The safety profile that the request leads to.</summary>
    public static JsonObject Safety(RequestContext context, JsonObject? present)
    {
        JsonObject? sent = context.Body.Object("properties.safetyProfile");
        JsonObject profile = JsonText.NewObject();
        profile["reportedForPolicyViolation"] = present.Flag("reportedForPolicyViolation") ?? false;
        profile["allowDeletionOfReplicatedLocations"] = Safe(sent, "allowDeletionOfReplicatedLocations")
            ?? present.Flag("allowDeletionOfReplicatedLocations") ?? false;
        if (!GalleryApi.Knows(context, GalleryApi.SoftDeletedLists))
        {
            if (present?["blockDeletionBeforeEndOfLife"] is { } kept) profile["blockDeletionBeforeEndOfLife"] = kept.DeepClone();
            return profile;
        }

        profile["blockDeletionBeforeEndOfLife"] =
            Safe(sent, "blockDeletionBeforeEndOfLife") ?? present.Flag("blockDeletionBeforeEndOfLife") ?? false;
        return profile;
    }

    // Null or an empty list in an update leaves the regions as they are (said by Azure's own refusal of an incomplete list).
    private static JsonArray TargetRegions(RequestContext context, JsonObject? sent, JsonObject profile)
    {
        JsonNode? named = sent?["targetRegions"];
        if (named is not null and not JsonArray) throw ComputeErrors.Invalid($"{Target}.targetRegions");
        if (named is not JsonArray { Count: > 0 } list)
        {
            if (profile["targetRegions"] is JsonArray present) return (JsonArray)present.DeepClone();
            list = new JsonArray(new JsonObject { ["name"] = context.Location });
        }

        JsonObject[] regions = [.. list.Select(item => Complete(context, item, profile))];
        CheckRegions(context, regions, list);
        return new JsonArray([.. regions]);
    }

    private static JsonObject Complete(RequestContext context, JsonNode? item, JsonObject profile)
    {
        string name = item.Text("name") ?? throw ComputeErrors.Missing($"{Target}.targetRegions.name");
        Region region = Regions.Find(name) ?? throw ComputeErrors.Invalid($"{Target}.targetRegions.name");
        var sent = (JsonObject)item!;
        JsonObject complete = JsonText.NewObject();
        // The display name, however the request spells it (recorded).
        complete["name"] = region.DisplayName;
        complete["regionalReplicaCount"] = sent["regionalReplicaCount"] is null
            ? profile.Number("replicaCount")
            : Count(sent, $"{Target}.targetRegions.regionalReplicaCount", "regionalReplicaCount");
        string storage = Storage(sent) ?? profile.Text("storageAccountType")!;
        if (storage == "Standard_ZRS" && !region.HasZones) throw GalleryVersionErrors.ZoneRedundantUnsupported();
        complete["storageAccountType"] = storage;
        if (sent.Object("encryption") is { } encryption)
            complete["encryption"] = GalleryEncryption.Complete(context, encryption, region.Name);
        if (Flag(sent, "excludeFromLatest") is { } excluded) complete["excludeFromLatest"] = excluded;
        return complete;
    }

    private static void CheckRegions(RequestContext context, JsonObject[] regions, JsonArray sent)
    {
        string[] names = [.. regions.Select(static region => region.Text("name")!)];
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length) throw GalleryVersionErrors.DuplicateRegions();
        string home = Regions.Find(context.Location)!.DisplayName;
        if (!names.Contains(home))
            throw GalleryVersionErrors.HomeRegionMissing(sent.Select(static item => item.Text("name")!), home);
    }

    private static long Count(JsonObject holder, string target, string name)
    {
        long count = holder.Number(name) ?? throw ComputeErrors.Invalid(target);
        return count is >= 1 and <= MostReplicas ? count : throw ComputeErrors.OutOfRange(target, count, 1, MostReplicas);
    }

    private static bool? Flag(JsonObject? holder, string name) => holder?[name] is null
        ? null
        : holder.Flag(name) ?? throw ComputeErrors.Invalid($"{Target}.{name}");

    private static bool? Safe(JsonObject? holder, string name) => holder?[name] is null
        ? null
        : holder.Flag(name) ?? throw ComputeErrors.Invalid($"{GalleryVersionErrors.Root}.safetyProfile.{name}");

    private static string? Storage(JsonObject? holder) =>
        GalleryWords.Read(holder, "storageAccountType", $"{Target}.storageAccountType", s_storage);
}
