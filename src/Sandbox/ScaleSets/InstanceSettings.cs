using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>The settings that an instance takes over from its set's model as they are.</summary>
internal static class InstanceSettings
{
    private static readonly string[] s_fromProfile = ["securityProfile", "diagnosticsProfile", "licenseType"];

    private static readonly string[] s_order =
    [
        "latestModelApplied", "modelDefinitionApplied", "networkProfileConfiguration", "vmId", "instanceView", "hardwareProfile",
        "storageProfile", "osProfile", "securityProfile", "networkProfile", "diagnosticsProfile", "additionalCapabilities",
        "licenseType", "protectionPolicy", "userData", "provisioningState", "timeCreated",
    ];

    /// <summary>Writes the model's settings into the body of an instance.</summary>
    public static void Apply(ResourceEntry set, JsonObject instance)
    {
        JsonObject properties = instance.Object("properties")!;
        JsonObject profile = set.Body.Object(ScaleSetFacts.ProfilePath)!;
        foreach (string name in s_fromProfile)
        {
            properties.Remove(name);
            if (profile[name] is { } value) properties[name] = value.DeepClone();
        }

        if (set.Properties["additionalCapabilities"] is { } capabilities)
            properties["additionalCapabilities"] = capabilities.DeepClone();
        JsonArray nics = profile.Array("networkProfile.networkInterfaceConfigurations") ?? [];
        properties["networkProfileConfiguration"] = new JsonObject { ["networkInterfaceConfigurations"] = nics.DeepClone() };
        properties["networkProfile"] = new JsonObject
        {
            ["networkInterfaces"] = new JsonArray([.. nics.Select(nic => (JsonNode)new JsonObject
            {
                ["id"] = $"{instance.Text("id")}/networkInterfaces/{nic.Text("name")}",
            })]),
        };
        instance["properties"] = Order(properties);
    }

    /// <summary>Properties in the order in which Azure shows them.</summary>
    public static JsonObject Order(JsonObject properties)
    {
        JsonObject ordered = JsonText.NewObject();
        foreach (string name in s_order)
        {
            if (properties[name] is { } value) ordered[name] = value.DeepClone();
        }

        return ordered;
    }
}
