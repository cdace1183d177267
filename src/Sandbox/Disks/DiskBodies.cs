using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>Bodies of disks and snapshots, with their members in Azure's order.</summary>
internal static class DiskBodies
{
    // Sent by the client and kept as they are.
    private static readonly string[] s_settings =
    [
        "osType", "hyperVGeneration", "purchasePlan", "supportedCapabilities", "encryptionSettingsCollection", "diskAccessId",
        "maxShares", "tier", "burstingEnabled", "securityProfile", "supportsHibernation", "dataAccessAuthMode",
        "optimizedForFrequentAttach", "encryption", "networkAccessPolicy", "publicNetworkAccess",
    ];

    private static readonly string[] s_order =
    [
        "osType", "hyperVGeneration", "purchasePlan", "supportedCapabilities", "creationData", "diskSizeGB",
        "diskIOPSReadWrite", "diskMBpsReadWrite", "encryptionSettingsCollection", "encryption", "incremental", "maxShares",
        "networkAccessPolicy", "diskAccessId", "publicNetworkAccess", "dataAccessAuthMode", "securityProfile",
        "supportsHibernation", "timeCreated", "provisioningState", "diskState", "diskSizeBytes", "uniqueId", "tier",
        "burstingEnabled", "optimizedForFrequentAttach", "completionPercent", "copyCompletionError",
        "incrementalSnapshotFamilyId",
    ];

    // Sent back by clients that change what they have read, and not echoed (recorded); IOPS and MBps can be set for ultra
    // disks only.
    private static readonly string[] s_readOnly =
    [
        "timeCreated", "uniqueId", "diskState", "diskSizeBytes", "diskIOPSReadWrite", "diskMBpsReadWrite", "incrementalSnapshotFamilyId",
        "shareInfo", "burstingEnabledTime", "propertyUpdatesInProgress", "LastOwnershipUpdateTime",
    ];

    private static readonly string[] s_topOrder =
        ["name", "id", "type", "location", "managedBy", "tags", "sku", "zones", "extendedLocation", "properties"];

    /// <summary>The answer to a write while it runs: what was sent, with location as sent, and Updating.</summary>
    public static JsonObject Echo(RequestContext context, ResourceEntry entry)
    {
        JsonObject body = context.Body.Copy();
        JsonObject properties = body.Ensure("properties");
        foreach (string name in s_readOnly) properties.Remove(name);
        // Read-only, so anything is taken; what is no text is not shown.
        if (body["sku"] is JsonObject sku && sku.Text("tier") is null) sku.Remove("tier");
        // A PATCH need not name it, and its answer does (recorded: azps DiskRPTests__TestSnapshot).
        if (entry.Body.At("properties.creationData") is { } creation) properties["creationData"] ??= creation.DeepClone();
        properties["provisioningState"] = "Updating";
        body["name"] = entry.Name;
        body["id"] = entry.Id;
        body["type"] = entry.Type;
        body["location"] ??= entry.Location;
        return Order(body);
    }

    /// <summary>A finished disk or snapshot.</summary>
    public static JsonObject Finished(DiskSpecification disk, string uniqueId, DateTimeOffset created)
    {
        DiskKind kind = disk.Kind;
        JsonObject properties = JsonText.NewObject();
        foreach (KeyValuePair<string, JsonNode?> trait in disk.Source.Traits) properties[trait.Key] = trait.Value?.DeepClone();
        Keep(properties, disk.Settings);
        JsonObject creation = disk.CreationData.Copy();
        if (disk.Source.UniqueId is { } source) creation["sourceUniqueId"] = source;
        properties["creationData"] = creation;
        Resize(properties, kind, disk.Sku, disk.SizeGB);
        if (disk.SizeBytes is { } bytes) properties["diskSizeBytes"] = bytes;
        properties["encryption"] ??= new JsonObject { ["type"] = "EncryptionAtRestWithPlatformKey" };
        if (kind.IsSnapshot) properties["incremental"] = disk.Settings.Flag("incremental") == true;
        properties["networkAccessPolicy"] ??= "AllowAll";
        properties["publicNetworkAccess"] ??= "Enabled";
        properties["timeCreated"] = ArmTime.Format(created);
        properties["provisioningState"] = "Succeeded";
        properties["diskState"] = creation.Text("createOption") is "Upload" or "UploadPreparedSecure" ? "ReadyToUpload" : "Unattached";
        properties["uniqueId"] = uniqueId;

        JsonObject body = JsonText.NewObject();
        body["name"] = disk.Id.Name;
        body["id"] = disk.Id.ToString();
        body["type"] = kind.Type;
        body["location"] = Regions.Normalize(disk.Location);
        if (disk.Tags is { } tags) body["tags"] = tags.DeepClone();
        SetSku(body, disk.Sku);
        if (disk.Zones is { } zones) body["zones"] = zones.DeepClone();
        body["properties"] = properties;
        return Order(body);
    }

    /// <summary>What becomes of a disk or snapshot by a PUT (which replaces the tags) or PATCH.</summary>
    public static JsonObject Updated(RequestContext context, DiskKind kind, ResourceEntry entry, string sku)
    {
        JsonObject body = entry.Body.Copy();
        JsonObject properties = body.Ensure("properties");
        JsonObject? sent = context.Body.Object("properties");
        if (sent is not null) Keep(properties, sent);
        SetSku(body, sku);
        long present = properties.Number("diskSizeGB")!.Value, bytes = properties.Number("diskSizeBytes")!.Value;
        long size = sent.Number("diskSizeGB") ?? present;
        Resize(properties, kind, sku, size);
        if (size == present) properties["diskSizeBytes"] = bytes;
        if (context.Body["tags"] is JsonObject tags)
            body["tags"] = tags.DeepClone();
        else if (context.Request.Method == "PUT")
            body.Remove("tags");
        properties["provisioningState"] = "Succeeded";
        return Order(body);
    }

    private static void SetSku(JsonObject body, string sku) =>
        body["sku"] = new JsonObject { ["name"] = sku, ["tier"] = DiskPerformance.SkuTier(sku) };

    private static void Resize(JsonObject properties, DiskKind kind, string sku, long sizeGB)
    {
        properties["diskSizeGB"] = sizeGB;
        properties["diskSizeBytes"] = sizeGB * DiskSource.GiB;
        if (kind.IsSnapshot) return;
        DiskPerformance performance = DiskPerformance.Of(sku, sizeGB);
        properties["diskIOPSReadWrite"] = performance.Iops;
        properties["diskMBpsReadWrite"] = performance.Mbps;
        properties.Remove("tier");
        if (performance.Tier is { } tier) properties["tier"] = tier;
    }

    private static void Keep(JsonObject properties, JsonObject sent)
    {
        foreach (string name in s_settings)
        {
            if (sent[name] is { } value) properties[name] = value.DeepClone();
        }
    }

    private static JsonObject Order(JsonObject body)
    {
        JsonObject ordered = Pick(body, s_topOrder);
        if (body["properties"] is JsonObject properties) ordered["properties"] = Pick(properties, s_order);
        return ordered;
    }

    private static JsonObject Pick(JsonObject from, string[] names)
    {
        JsonObject picked = JsonText.NewObject();
        foreach (string name in names)
        {
            if (from[name] is { } value) picked[name] = value.DeepClone();
        }

        return picked;
    }
}
