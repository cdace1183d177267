using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.ManagedIdentities;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Bodies of machines, with their members in Azure's order (recorded 2024).</summary>
internal static class VmBodies
{
    private const string ChosenSizes = "chosenSizes";
    private const string SystemDisk = "os";

    private static readonly string[] s_top =
        ["name", "id", "type", "location", "tags", "plan", "zones", "identity", "extendedLocation", "properties"];

    private static readonly string[] s_properties =
    [
        "hardwareProfile", "provisioningState", "vmId", "additionalCapabilities", "securityProfile", "storageProfile",
        "osProfile", "networkProfile", "diagnosticsProfile", "availabilitySet", "virtualMachineScaleSet",
        "proximityPlacementGroup", "priority", "evictionPolicy", "billingProfile", "host", "hostGroup", "licenseType",
        "extensionsTimeBudget", "scheduledEventsProfile", "capacityReservation", "applicationProfile", "timeCreated",
    ];

    // Sent by the client and kept as they are.
    private static readonly string[] s_settings =
    [
        "additionalCapabilities", "securityProfile", "diagnosticsProfile", "availabilitySet", "virtualMachineScaleSet",
        "proximityPlacementGroup", "priority", "evictionPolicy", "billingProfile", "host", "hostGroup", "licenseType",
        "extensionsTimeBudget", "scheduledEventsProfile", "capacityReservation", "applicationProfile",
    ];

    /// <summary>A new machine.</summary>
    public static JsonObject New(RequestContext context, VmSource source, VmSize size, VmDisk system, IEnumerable<VmDisk> data)
    {
        ResourceId id = context.Target!;
        JsonObject sent = context.Body.Object("properties")!;
        JsonObject properties = JsonText.NewObject();
        properties["hardwareProfile"] = sent.Object("hardwareProfile")!.Copy();
        properties["hardwareProfile"]!["vmSize"] = size.Name;
        properties["provisioningState"] = "Creating";
        properties["vmId"] = context.World.Ids.NextGuid($"vm|{id}");
        JsonObject storage = JsonText.NewObject();
        if (source.Reference is { } reference) storage["imageReference"] = reference.DeepClone();
        storage["osDisk"] = system.Shown;
        storage["dataDisks"] = new JsonArray([.. data.Select(static d => (JsonNode)d.Shown)]);
        if (sent.Text("storageProfile.diskControllerType") is { } controller) storage["diskControllerType"] = controller;
        properties["storageProfile"] = storage;
        if (sent.Object("osProfile") is { } profile) properties["osProfile"] = OsProfile(profile, source.OsType);
        properties["networkProfile"] = JsonNulls.Drop(sent.Object("networkProfile")!);
        foreach (string name in s_settings)
        {
            if (sent[name] is { } value) properties[name] = value.DeepClone();
        }

        properties["timeCreated"] = ArmTime.Format(context.Now);
        JsonObject body = JsonText.NewObject();
        body["name"] = id.Name;
        body["id"] = id.ToString();
        body["type"] = VmFacts.Type;
        body["location"] = context.Location;
        foreach (string name in new[] { "tags", "plan", "zones" })
        {
            if (context.Body[name] is { } value) body[name] = value.DeepClone();
        }

        if (context.Body.Object("identity") is { } identity) body["identity"] = Identity(context, identity);
        body["properties"] = properties;
        return Order(body);
    }

    /// <summary>
    /// A machine as the PUT that makes it answers: of its disks it shows what the request said, and nothing yet of what Compute
    /// will choose (recorded in 2018; so do the specification's examples).
    /// </summary>
    public static JsonObject Announced(RequestContext context, ResourceEntry vm)
    {
        JsonObject body = vm.Body.Copy();
        JsonObject? sent = context.Body.Object("properties.storageProfile");
        if (body.Object("properties.storageProfile.osDisk") is { } system) HideChoices(system, sent.Object("osDisk"));
        foreach (JsonObject disk in body.Items("properties.storageProfile.dataDisks"))
            HideChoices(disk, sent.Items("dataDisks").FirstOrDefault(asked => asked.Number("lun") == disk.Number("lun")));
        return body;
    }

    /// <summary>
    /// Notes the disks whose size the request leaves to Compute: a machine does not show it before it has been made (recorded
    /// in 2018 by a GET in the second of the PUT).
    /// </summary>
    public static void NoteSizes(RequestContext context, ResourceEntry vm)
    {
        JsonObject? sent = context.Body.Object("properties.storageProfile");
        var chosen = new JsonArray();
        if (sent.Number("osDisk.diskSizeGB") is null) chosen.Add((JsonNode)SystemDisk);
        foreach (JsonObject disk in sent.Items("dataDisks").Where(static disk => disk.Number("diskSizeGB") is null))
            chosen.Add(disk["lun"]?.DeepClone());
        vm.State[ChosenSizes] = chosen;
    }

    /// <summary>Takes the sizes that Compute chooses out of a machine that is being made.</summary>
    public static void HideSizes(ResourceEntry vm, JsonObject properties)
    {
        JsonNode?[] chosen = [.. vm.State.Array(ChosenSizes) ?? []];
        foreach (JsonObject disk in properties.Items("storageProfile.dataDisks"))
        {
            if (chosen.Any(lun => JsonNode.DeepEquals(lun, disk["lun"]))) disk.Remove("diskSizeGB");
        }

        if (chosen.Any(static name => name?.GetValueKind() == JsonValueKind.String))
            properties.Object("storageProfile.osDisk")?.Remove("diskSizeGB");
    }

    private static void HideChoices(JsonObject disk, JsonObject? asked)
    {
        if (asked.Number("diskSizeGB") is null) disk.Remove("diskSizeGB");
        if (asked.Text("name") is null) disk.Remove("name");
        if (asked.Text("managedDisk.id") is null) disk.Object("managedDisk")?.Remove("id");
    }

    /// <summary>What a PUT or PATCH that has been checked makes of a machine.</summary>
    /// <param name="context">The request.</param>
    /// <param name="vm">The machine.</param>
    /// <param name="size">Its size from now on.</param>
    /// <param name="data">Its data disks from now on; null when they stay.</param>
    public static JsonObject Updated(RequestContext context, ResourceEntry vm, VmSize? size, IEnumerable<VmDisk>? data)
    {
        JsonObject body = vm.Body.Copy();
        JsonObject properties = body.Ensure("properties");
        if (size is not null) properties.Ensure("hardwareProfile")["vmSize"] = size.Name;
        if (data is not null)
            properties.Ensure("storageProfile")["dataDisks"] = new JsonArray([.. data.Select(static d => (JsonNode)d.Shown)]);
        if (context.Body.Text("properties.storageProfile.osDisk.deleteOption") is { } option)
            properties.Ensure("storageProfile").Ensure("osDisk")["deleteOption"] = option;
        if (context.Body.Object("properties.networkProfile") is { } network) properties["networkProfile"] = JsonNulls.Drop(network);
        foreach (string name in s_settings)
        {
            if (context.Body.At($"properties.{name}") is { } value) properties[name] = value.DeepClone();
        }

        if (context.Body["tags"] is JsonObject tags)
            body["tags"] = tags.DeepClone();
        else if (context.Request.Method == "PUT")
            body.Remove("tags");
        if (context.Body.Object("identity") is { } identity) body["identity"] = Identity(context, identity);
        return Order(body);
    }

    /// <summary>The profile without its secrets, with the settings that Azure adds.</summary>
    public static JsonObject OsProfile(JsonObject sent, string osType)
    {
        JsonObject profile = sent.Copy();
        // Azure never gives back what is secret.
        profile.Remove("adminPassword");
        profile.Remove("customData");
        if (profile.Text("computerName") is { } computer)
        {
            // In Azure's spelling, whatever the client's.
            profile.Remove("computerName");
            profile.Insert(0, "computerName", computer);
        }

        bool windows = osType == "Windows";
        JsonObject settings = profile.Ensure(windows ? "windowsConfiguration" : "linuxConfiguration");
        if (!windows) settings["disablePasswordAuthentication"] ??= sent.Text("adminPassword") is null;
        settings["provisionVMAgent"] ??= true;
        if (windows) settings["enableAutomaticUpdates"] ??= true;
        settings["patchSettings"] ??= new JsonObject
        {
            ["patchMode"] = windows ? "AutomaticByOS" : "ImageDefault",
            ["assessmentMode"] = "ImageDefault",
        };
        profile["secrets"] ??= new JsonArray();
        profile["allowExtensionOperations"] ??= true;
        profile["requireGuestProvisionSignal"] ??= true;
        return profile;
    }

    /// <summary>The identity with the ids of a system-assigned one.</summary>
    public static JsonObject Identity(RequestContext context, JsonObject sent)
    {
        JsonObject identity = sent.Copy();
        if (sent.Text("type")?.IndexOf("SystemAssigned", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            identity["principalId"] ??= context.World.Ids.NextGuid($"principal|{context.Target}");
            identity["tenantId"] ??= ArmSandbox.Tenant;
        }

        ManagedIdentitySubject.Complete(context.World, identity);
        return identity;
    }

    private static JsonObject Order(JsonObject body)
    {
        JsonObject ordered = Pick(body, s_top);
        ordered["properties"] = Pick(body.Object("properties")!, s_properties);
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
