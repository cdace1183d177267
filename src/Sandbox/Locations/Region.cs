using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Locations;

/// <summary>A public Azure region.</summary>
/// <param name="Name">Short name, lower case.</param>
/// <param name="DisplayName">Name shown to people.</param>
/// <param name="Group">Geography group, such as Europe.</param>
/// <param name="Geography">Geography, such as Norway.</param>
/// <param name="PhysicalLocation">Place of the data centres.</param>
/// <param name="Latitude">Latitude as text, as ARM gives it.</param>
/// <param name="Longitude">Longitude as text.</param>
/// <param name="Paired">Paired region; empty when there is none.</param>
/// <param name="HasZones">Whether there are availability zones; such regions are the recommended ones.</param>
internal sealed record Region(
    string Name,
    string DisplayName,
    string Group,
    string Geography,
    string PhysicalLocation,
    string Latitude,
    string Longitude,
    string Paired,
    bool HasZones)
{
    public JsonObject ToJson(string subscriptionId)
    {
        string id = $"/subscriptions/{subscriptionId}/locations/";
        var paired = new JsonArray();
        if (Paired.Length > 0) paired.Add((JsonNode)new JsonObject { ["name"] = Paired, ["id"] = id + Paired });
        var json = new JsonObject
        {
            ["id"] = id + Name,
            ["name"] = Name,
            ["type"] = "Region",
            ["displayName"] = DisplayName,
            ["regionalDisplayName"] = $"({Group}) {DisplayName}",
            ["metadata"] = new JsonObject
            {
                ["regionType"] = "Physical",
                ["regionCategory"] = HasZones && Name != "eastus2" ? "Recommended" : "Other",
                ["geography"] = Geography,
                ["geographyGroup"] = Group,
                ["longitude"] = Longitude,
                ["latitude"] = Latitude,
                ["physicalLocation"] = PhysicalLocation,
                ["pairedRegion"] = paired,
            },
        };
        if (HasZones) json["availabilityZoneMappings"] = new JsonArray([.. Enumerable.Range(1, 3).Select(Zone)]);
        return json;
    }

    private JsonNode Zone(int number) =>
        new JsonObject { ["logicalZone"] = $"{number}", ["physicalZone"] = $"{Name}-az{number}" };
}
