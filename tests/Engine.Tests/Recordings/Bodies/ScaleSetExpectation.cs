using System.Text.Json.Nodes;

namespace ImageCmdlets.Engine.Tests.Recordings;

/// <summary>What a user should see of the recorded body of a scale set, nobody having asked for its instances.</summary>
internal static class ScaleSetExpectation
{
    public static Dictionary<string, object?> Of(JsonNode body)
    {
        JsonNode storage = body.At("properties.virtualMachineProfile.storageProfile")!;
        string? image = BodyExpectation.MachineImage(storage);
        return new Dictionary<string, object?>(BodyReading.Common(body))
        {
            ["OrchestrationMode"] = body.Text("properties.orchestrationMode") ?? "Uniform",
            ["UpgradeMode"] = body.Text("properties.upgradePolicy.mode"),
            ["Capacity"] = body.Whole("sku.capacity"),
            ["Size"] = body.Text("sku.name"),
            ["OSType"] = storage.Text("osDisk.osType"),
            ["HealthSource"] = HealthSource(body.At("properties.virtualMachineProfile")),
            ["Image"] = image,
            ["ImageName"] = BodyExpectation.ShortName(image),
            ["Instance"] = null,
            ["LatestModelCount"] = null,
            ["OutdatedCount"] = null,
            ["Zone"] = body.All("zones").Select(zone => zone.GetValue<string>()).ToArray(),
            ["Plan"] = body.At("plan") is { } plan ? new PurchasePlan(plan.Text("publisher")!, plan.Text("product")!, plan.Text("name")!) : null,
            ["TimeCreated"] = body.Date("properties.timeCreated"),
        };
    }

    private static string? HealthSource(JsonNode? profile) => profile.Text("networkProfile.healthProbe.id") is not null ? "Probe"
        : profile.All("extensionProfile.extensions").Any(extension => extension.Text("properties.type")?.StartsWith("ApplicationHealth", StringComparison.Ordinal) == true) ? "Extension"
        : null;
}
