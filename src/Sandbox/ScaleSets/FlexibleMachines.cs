using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>The machines of a flexible scale set: machines like others, made by the machines' own PUT.</summary>
internal static class FlexibleMachines
{
    // The set's password is kept nowhere; machines made later get one that nobody knows, to the same effect.
    private const string UnknownPassword = "Kept-By-Nobody-1";

    private static readonly string[] s_fromProfile =
    [
        "securityProfile", "diagnosticsProfile", "licenseType", "priority", "evictionPolicy", "billingProfile",
        "scheduledEventsProfile", "capacityReservation", "applicationProfile",
    ];

    /// <summary>Makes machines; the first refusal ends it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="set">The set.</param>
    /// <param name="count">How many.</param>
    /// <param name="arguments">Arguments of the set's operation, which will tell a refusal.</param>
    public static void Make(RequestContext context, ResourceEntry set, int count, JsonObject arguments)
    {
        var authority = new Uri(context.Request.Uri.GetLeftPart(UriPartial.Authority));
        string[] zones = [.. set.Body.Array("zones")?.Select(static z => z!.ToString()) ?? []];
        for (int i = 0; i < count; i++)
        {
            string name = $"{set.Name}_{context.World.Ids.NextGuid($"flexible|{set.Id}").Substring(0, 8)}";
            string? zone = Emptiest(zones, ScaleSetFacts.Instances(context.World, set));
            string path = $"/subscriptions/{set.SubscriptionId}/resourceGroups/{set.ResourceGroup}/providers/{VmFacts.Type}/{name}";
            InnerAnswer answer = context.World.Dispatcher!.Call(
                new InnerRequest(authority, "PUT", path, context.ApiVersion, Body(set, name, zone)));
            if (answer.Response.Status < 300)
            {
                if (context.World.Store.Find(path) is { } vm) Complete(context.World, set, vm);
                continue;
            }

            arguments["refusal"] = answer.Response.Body.Object("error")!.DeepClone();
            return;
        }
    }

    // Documented: machines are balanced over the zones.
    private static string? Emptiest(string[] zones, IReadOnlyList<ResourceEntry> machines) =>
        zones.OrderBy(zone => machines.Count(machine => machine.Body.Array("zones")?.FirstOrDefault()?.ToString() == zone)).FirstOrDefault();

    /// <summary>Keeps the capacity of a set true when somebody makes a machine for it. Those that it makes itself it has counted.</summary>
    public static void Joined(SandboxWorld world, ResourceEntry vm)
    {
        if (world.Store.Find(vm.Body.Text("properties.virtualMachineScaleSet.id"), VmFacts.ScaleSetType) is not { } set) return;
        if (set.Body.Number("sku.capacity") is { } capacity && ScaleSetFacts.Instances(world, set).Count > capacity)
            set.Body.Ensure("sku")["capacity"] = capacity + 1;
    }

    /// <summary>Keeps the capacity of a set true when one of its machines goes.</summary>
    public static void Left(SandboxWorld world, ResourceEntry vm)
    {
        string? id = vm.Body.Text("properties.virtualMachineScaleSet.id");
        if (world.Store.Find(id, VmFacts.ScaleSetType) is not { } set || set.Body.Number("sku.capacity") is not { } capacity) return;
        // While the set itself sends the machine away its capacity is right already.
        if (world.Operations.Pending(set.Id) is null) set.Body.Ensure("sku")["capacity"] = Math.Max(0, capacity - 1);
    }

    /// <summary>Refuses a set that a machine's body names and that cannot take it.</summary>
    public static void Check(RequestContext context)
    {
        if (context.Body.Text("properties.virtualMachineScaleSet.id") is not { } id) return;
        LinkedResource.Parse(context, id, "properties.virtualMachineScaleSet.id");
        ResourceEntry? set = context.World.Store.Find(id, VmFacts.ScaleSetType);
        if (set is null || set.Location != context.Location) throw ScaleSetErrors.SetNotFound(id);
        if (!ScaleSetFacts.IsFlexible(set)) throw ScaleSetErrors.UniformTakesNoMachines(set.Name);
    }

    // The extensions are the machine's own from now on; the set's operation waits for them.
    private static void Complete(SandboxWorld world, ResourceEntry set, ResourceEntry vm)
    {
        vm.State[ScaleSetFacts.ModelKey] = set.State.Text(ScaleSetFacts.ModelKey);
        InstanceExtensions.Match(world, set, vm, fresh: true);
        foreach (ResourceEntry extension in InstanceExtensions.Of(world, vm)) extension.ProvisioningState = "Creating";
    }

    private static JsonObject Body(ResourceEntry set, string name, string? zone)
    {
        JsonObject profile = set.Body.Object(ScaleSetFacts.ProfilePath)!;
        JsonObject properties = JsonText.NewObject();
        properties["hardwareProfile"] = new JsonObject { ["vmSize"] = set.Body.Text("sku.name") };
        JsonObject storage = profile.Object("storageProfile")!.Copy();
        storage.Object("osDisk")?.Remove("name");
        JsonObject osDisk = storage.Ensure("osDisk");
        osDisk["deleteOption"] ??= "Delete";
        properties["storageProfile"] = storage;
        if (profile.Object("osProfile") is { } os) properties["osProfile"] = OsProfile(set, os, name);
        JsonObject network = profile.Object("networkProfile")!.Copy();
        network["networkApiVersion"] ??= "2020-11-01";
        network.Remove("healthProbe");
        properties["networkProfile"] = network;
        foreach (string setting in s_fromProfile)
        {
            if (profile[setting] is { } value) properties[setting] = value.DeepClone();
        }

        if (set.Body.Object("properties.proximityPlacementGroup") is { } proximity) properties["proximityPlacementGroup"] = proximity.DeepClone();
        if (set.State.Text("userData") is { } user) properties["userData"] = user;
        properties["virtualMachineScaleSet"] = new JsonObject { ["id"] = set.Id };
        JsonObject body = JsonText.NewObject();
        body["location"] = set.Location;
        foreach (string member in new[] { "tags", "plan", "identity" })
        {
            if (set.Body[member] is { } value) body[member] = value.DeepClone();
        }

        if (zone is not null) body["zones"] = new JsonArray(zone);
        body["properties"] = properties;
        return body;
    }

    private static JsonObject OsProfile(ResourceEntry set, JsonObject model, string name)
    {
        JsonObject profile = model.Copy();
        profile.Remove("computerNamePrefix");
        string suffix = name.Substring(name.Length - 6).ToUpperInvariant();
        profile["computerName"] = model.Text("computerNamePrefix") + suffix;
        bool keysOnly = model.Flag("linuxConfiguration.disablePasswordAuthentication") == true;
        if (!keysOnly) profile["adminPassword"] = UnknownPassword;
        if (set.State.Text("customData") is { } custom) profile["customData"] = custom;
        return profile;
    }
}
