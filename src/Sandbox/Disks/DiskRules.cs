using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>What a disk or snapshot may be and become.</summary>
internal static class DiskRules
{
    private const long MostGB = 32767;

    // Fixed at creation; clients send them back with every PUT.
    private static readonly string[] s_fixed =
    [
        "creationData.createOption", "creationData.sourceResourceId", "creationData.sourceUri",
        "creationData.imageReference.id", "creationData.galleryImageReference.id", "incremental",
    ];

    // Settings that are kept as they are sent.
    private static readonly Dictionary<string, JsonValueKind[]> s_kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["osType"] = [JsonValueKind.String], ["hyperVGeneration"] = [JsonValueKind.String], ["diskAccessId"] = [JsonValueKind.String],
        ["tier"] = [JsonValueKind.String], ["dataAccessAuthMode"] = [JsonValueKind.String], ["networkAccessPolicy"] = [JsonValueKind.String],
        ["publicNetworkAccess"] = [JsonValueKind.String], ["purchasePlan"] = [JsonValueKind.Object], ["supportedCapabilities"] = [JsonValueKind.Object],
        ["encryptionSettingsCollection"] = [JsonValueKind.Object], ["securityProfile"] = [JsonValueKind.Object], ["encryption"] = [JsonValueKind.Object],
        ["creationData"] = [JsonValueKind.Object], ["maxShares"] = [JsonValueKind.Number], ["diskSizeGB"] = [JsonValueKind.Number],
        ["diskIOPSReadWrite"] = [JsonValueKind.Number], ["diskMBpsReadWrite"] = [JsonValueKind.Number],
        ["diskIOPSReadOnly"] = [JsonValueKind.Number], ["diskMBpsReadOnly"] = [JsonValueKind.Number],
        ["burstingEnabled"] = [JsonValueKind.True, JsonValueKind.False], ["supportsHibernation"] = [JsonValueKind.True, JsonValueKind.False],
        ["optimizedForFrequentAttach"] = [JsonValueKind.True, JsonValueKind.False], ["incremental"] = [JsonValueKind.True, JsonValueKind.False],
    };

    // Settings with members of their own; the names are those of the specification.
    private static readonly Dictionary<string, string[]> s_members = new(StringComparer.OrdinalIgnoreCase)
    {
        ["properties.encryption"] = ["diskEncryptionSetId", "type"],
        ["properties.purchasePlan"] = ["name", "publisher", "product", "promotionCode"],
        ["properties.supportedCapabilities"] = ["diskControllerTypes", "acceleratedNetwork", "architecture"],
        ["properties.securityProfile"] = ["securityType", "secureVMDiskEncryptionSetId"],
        ["sku"] = ["name", "tier"],
    };

    /// <summary>Refuses a setting of the wrong type, and a member of a setting that there is not.</summary>
    public static void CheckKinds(JsonObject body)
    {
        foreach (KeyValuePair<string, string[]> setting in s_members)
        {
            foreach (KeyValuePair<string, JsonNode?> member in body.Object(setting.Key) ?? [])
            {
                if (!setting.Value.Contains(member.Key, StringComparer.OrdinalIgnoreCase) || !IsOfKind(member.Key, member.Value))
                    throw ComputeErrors.Invalid($"{setting.Key}.{member.Key}");
            }
        }

        CheckSettings(body.Object("properties"));
    }

    // All are texts but for one.
    private static bool IsOfKind(string name, JsonNode? value) => value is null ||
        (name.Equals("acceleratedNetwork", StringComparison.OrdinalIgnoreCase)
            ? value.GetValueKind() is JsonValueKind.True or JsonValueKind.False
            : value.GetValueKind() == JsonValueKind.String);

    private static void CheckSettings(JsonObject? properties)
    {
        foreach (KeyValuePair<string, JsonNode?> member in properties ?? [])
        {
            if (member.Value is not { } value || !s_kinds.TryGetValue(member.Key, out JsonValueKind[]? kinds)) continue;
            if (!kinds.Contains(value.GetValueKind()) || !IsWhole(properties, member.Key)) throw ComputeErrors.Invalid(member.Key);
        }
    }

    // All numbers of a disk are whole ones: 4.5, 1e1 and what no 64 bits hold are read as none.
    private static bool IsWhole(JsonObject? properties, string name) =>
        properties?[name]?.GetValueKind() != JsonValueKind.Number || properties.Number(name) is not null;

    /// <summary>The storage type that a request names, in Azure's casing.</summary>
    public static string Sku(RequestContext context, DiskKind kind)
    {
        if (context.Body["sku"] is JsonObject sku && sku.Text("name") is null)
            throw GatewayErrors.InvalidRequestContent("Required property 'name' not found in 'sku'.");
        string name = context.Body.Text("sku.name") ?? context.Existing?.Body.Text("sku.name") ?? "Standard_LRS";
        return kind.Skus.FirstOrDefault(sku => string.Equals(sku, name, StringComparison.OrdinalIgnoreCase))
            ?? throw ComputeErrors.Invalid("sku.name");
    }

    /// <summary>Size in GiB of a new disk: named, or that of the source, never smaller than it.</summary>
    public static long Size(RequestContext context, DiskSource source)
    {
        long? named = context.Body.Number("properties.diskSizeGB");
        if (named is null && source.SizeBytes == 0) throw ComputeErrors.Missing("diskSizeGB");
        long size = named ?? source.SizeGB;
        CheckRange(size);
        if (size < source.SizeGB)
        {
            throw context.Body.Text("properties.creationData.createOption") == "FromImage"
                ? DiskErrors.SmallerThanImage(size, source.SizeGB)
                : DiskErrors.CannotShrink(context.Target!.ToString());
        }

        return size;
    }

    /// <summary>Refuses a change that an existing disk or snapshot cannot undergo.</summary>
    public static void CheckUpdate(RequestContext context, ResourceEntry entry)
    {
        if (context.World.Operations.Pending(entry.Id) is not null) throw ComputeErrors.Conflict();
        JsonObject? sent = context.Body.Object("properties");
        foreach (string path in s_fixed)
        {
            if (sent.At(path) is { } value && !Same(value, entry.Properties.At(path))) throw ComputeErrors.PropertyChange(path);
        }

        if (sent.Number("diskSizeGB") is { } size) CheckResize(context.World, entry, size);
        if (context.Body.Text("sku.name") is { } sku && !SameText(sku, entry.Body.Text("sku.name")) &&
            DiskAttachment.RunningMachine(context.World, entry) is not null)
        {
            // Assumption: that it is refused is documented, the text is not.
            throw ComputeErrors.Conflict("Disk sku can be changed only when the disk is unattached or the VM is deallocated.");
        }
    }

    private static void CheckResize(SandboxWorld world, ResourceEntry entry, long size)
    {
        CheckRange(size);
        long present = entry.Body.Number("properties.diskSizeGB") ?? 0;
        if (size < present) throw DiskErrors.CannotShrink(entry.Id);
        bool system = entry.Body.Text("properties.osType") is not null;
        if (size > present && system && DiskAttachment.RunningMachine(world, entry) is not null)
            throw DiskErrors.ResizeWhileRunning();
    }

    private static void CheckRange(long size)
    {
        if (size is < 1 or > MostGB) throw ComputeErrors.OutOfRange("disk.diskSizeGB", size, 1, MostGB);
    }

    private static bool Same(JsonNode left, JsonNode? right) => SameText(left.ToJsonString(), right?.ToJsonString());

    private static bool SameText(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
