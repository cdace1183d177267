using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>Bodies of scale sets, as the specification's examples show them.</summary>
internal static class ScaleSetBodies
{
    private static readonly string[] s_modes = ["Manual", "Automatic", "Rolling"];
    private static readonly string[] s_top = ["sku", "plan", "identity", "zones", "extendedLocation"];

    /// <summary>The set as a request leaves it: what it sends over what was there, with the defaults of Azure.</summary>
    /// <param name="context">The request.</param>
    /// <param name="model">What is known of the model; null while nothing is.</param>
    public static JsonObject After(RequestContext context, ScaleSetDraft? model)
    {
        ResourceEntry? existing = context.Existing;
        JsonObject body = JsonText.NewObject();
        body["name"] = context.Target!.Name;
        body["id"] = context.Target.ToString();
        body["type"] = VmFacts.ScaleSetType;
        body["location"] = existing?.Location ?? context.Location;
        bool keepTags = context.Request.Method == "PATCH";
        if ((context.Body["tags"] ?? (keepTags ? existing?.Body["tags"] : null)) is { } tags) body["tags"] = tags.DeepClone();
        foreach (string name in s_top)
        {
            JsonObject holder = JsonText.NewObject();
            if (existing?.Body[name] is { } before) holder[name] = before.DeepClone();
            if (context.Body[name] is { } sent) Merge(holder, name, sent);
            if (holder[name] is { } value) body[name] = value.DeepClone();
        }

        if (body.Object("identity") is { } identity) body["identity"] = VmBodies.Identity(context, identity);
        JsonObject properties = existing?.Properties.Copy() ?? Defaults(context);
        foreach (KeyValuePair<string, JsonNode?> sent in context.Body.Object("properties") ?? JsonText.NewObject())
            Merge(properties, sent.Key, sent.Value);
        properties.Remove("instanceView");
        // In Azure's spelling, whatever the client's: the az of 2024 sends "manual" (recorded).
        if (properties.Object("upgradePolicy") is { } policy && policy.Text("mode") is { } mode)
            policy["mode"] = s_modes.FirstOrDefault(known => string.Equals(known, mode, StringComparison.OrdinalIgnoreCase)) ?? mode;
        bool flexible = properties.Text("orchestrationMode") == "Flexible";
        // A null that az sends means the default (recorded).
        properties["singlePlacementGroup"] ??= !flexible;
        if (properties.Object("virtualMachineProfile") is { } profile) Complete(profile, model?.Source.OsType, flexible);
        if (flexible && model is not null) FlexibleModel.Complete(properties, model);
        body["properties"] = properties;
        return body;
    }

    // Objects member by member; lists as a whole. What is null is not there.
    private static void Merge(JsonObject into, string name, JsonNode? value)
    {
        if (value is JsonObject sent)
        {
            if (into[name] is not JsonObject present) into[name] = present = JsonText.NewObject();
            foreach (KeyValuePair<string, JsonNode?> member in sent) Merge(present, member.Key, member.Value);
        }
        else if (value is null)
        {
            into.Remove(name);
        }
        else
        {
            into[name] = value.DeepClone();
        }
    }

    private static JsonObject Defaults(RequestContext context)
    {
        bool flexible = context.Body.Text("properties.orchestrationMode") == "Flexible";
        JsonObject properties = JsonText.NewObject();
        properties["singlePlacementGroup"] = !flexible;
        properties["orchestrationMode"] = flexible ? "Flexible" : "Uniform";
        if (!flexible) properties["overprovision"] = true;
        properties["uniqueId"] = context.World.Ids.NextGuid($"scaleset|{context.Target}");
        if (!flexible) properties["platformFaultDomainCount"] = 5;
        properties["timeCreated"] = ArmTime.Format(context.Now);
        return properties;
    }

    private static void Complete(JsonObject profile, string? osType, bool flexible)
    {
        if (profile.Object("osProfile") is { } os && osType is not null)
        {
            profile["osProfile"] = VmBodies.OsProfile(os, osType);
            if (!flexible && os.Object("linuxConfiguration.patchSettings") is null && os.Object("windowsConfiguration.patchSettings") is null)
                profile.Object($"osProfile.{(osType == "Windows" ? "windowsConfiguration" : "linuxConfiguration")}")!.Remove("patchSettings");
        }

        // Kept beside the body and told only to those who ask for it.
        profile.Remove("userData");
        if (profile.Object("storageProfile.osDisk") is { } disk && osType is not null)
        {
            disk["osType"] = osType;
            disk["caching"] ??= "None";
        }

        foreach (JsonObject nic in profile.Items("networkProfile.networkInterfaceConfigurations")) Complete(nic, flexible);
        foreach (JsonObject extension in profile.Items("extensionProfile.extensions"))
            extension.Object("properties")?.Remove("protectedSettings");
    }

    private static void Complete(JsonObject nic, bool flexible)
    {
        JsonObject settings = nic.Ensure("properties");
        // Templates of az write it as a text.
        if (settings.Text("primary") is { } primary) settings["primary"] = string.Equals(primary, "true", StringComparison.OrdinalIgnoreCase);
        if (!flexible) settings["enableAcceleratedNetworking"] ??= false;
        settings["enableIPForwarding"] ??= false;
        settings.Ensure("dnsSettings")["dnsServers"] ??= new JsonArray();
        foreach (JsonObject configuration in settings.Items("ipConfigurations"))
            configuration.Ensure("properties")["privateIPAddressVersion"] ??= "IPv4";
    }
}
