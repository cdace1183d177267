using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Restoring;

/// <summary>Reads what a machine is, so that one like it can be made: the bodies of its PUT, of its interfaces' that go with it, and
/// the addresses that would.</summary>
internal static class MachineRecord
{
    private const string Delete = "Delete";

    // What Azure shows and does not take; osProfile and imageReference do not go with an attached disk.
    private static readonly string[] s_shown =
        ["vmId", "provisioningState", "timeCreated", "instanceView", "osProfile", "resourceGuid", "virtualMachine", "macAddress", "primary", "ipConfiguration", "ipAddress"];

    private static readonly string[] s_shownTop = ["id", "name", "type", "etag", "resources", "managedBy"];

    /// <summary>The record of a machine: <c>vm</c>, <c>networkInterfaces</c>, <c>addresses</c>.</summary>
    public static async Task<JsonObject> ReadAsync(Operation operation, JsonElement vm)
    {
        var cards = new JsonArray();
        var addresses = new JsonArray();
        foreach (JsonElement reference in vm.Items("properties", "networkProfile", "networkInterfaces"))
        {
            ArmAnswer card = await operation.Arm.GetAsync(reference.Text("id")!, ArmApiVersions.Network, operation.CancellationToken).ConfigureAwait(false);
            if (Same(reference.Text("properties", "deleteOption"), Delete))
            {
                JsonObject body = Writable(card.Body);
                body["id"] = reference.Text("id");
                cards.Add((JsonNode)body);
            }

            foreach (string id in card.Body.Items("properties", "ipConfigurations").Select(item => item.Text("properties", "publicIPAddress", "id")).OfType<string>())
            {
                ArmAnswer address = await operation.Arm.GetAsync(id, ArmApiVersions.Network, operation.CancellationToken).ConfigureAwait(false);
                if (Same(address.Body.Text("properties", "deleteOption"), Delete))
                    addresses.Add((JsonNode)id);
            }
        }

        return new JsonObject { ["vm"] = Machine(vm), ["networkInterfaces"] = cards, ["addresses"] = addresses };
    }

    /// <summary>An answer of Azure's as it can be sent.</summary>
    public static JsonObject Writable(JsonElement answer)
    {
        JsonObject body = JsonNode.Parse(answer.GetRawText())!.AsObject();
        foreach (string name in s_shownTop)
            body.Remove(name);
        JsonObject properties = body["properties"]!.AsObject();
        foreach (string name in s_shown)
            properties.Remove(name);
        foreach (JsonNode? configuration in properties["ipConfigurations"]?.AsArray() ?? [])
        {
            configuration!.AsObject().Remove("etag");
            configuration["properties"]!.AsObject().Remove("provisioningState");
        }

        return body;
    }

    /// <summary>How the private addresses of an interface are given.</summary>
    public static string[] Allocations(JsonObject card) =>
        [.. (card["properties"]?["ipConfigurations"]?.AsArray() ?? []).Select(item => (string?)item!["properties"]?["privateIPAllocationMethod"] ?? string.Empty)];

    /// <summary>An interface that asks for the very addresses it had.</summary>
    public static JsonObject WithStaticAddresses(JsonObject card)
    {
        JsonObject copy = card.DeepClone().AsObject();
        foreach (JsonNode? configuration in copy["properties"]?["ipConfigurations"]?.AsArray() ?? [])
        {
            if (configuration!["properties"]?["privateIPAddress"] is not null)
                configuration["properties"]!["privateIPAllocationMethod"] = "Static";
        }

        return copy;
    }

    private static JsonObject Machine(JsonElement vm)
    {
        JsonObject body = Writable(vm);
        if (body["identity"] is JsonObject identity)
        {
            identity.Remove("principalId");
            identity.Remove("tenantId");
            foreach (string user in identity["userAssignedIdentities"]?.AsObject().Select(pair => pair.Key).ToArray() ?? [])
                identity["userAssignedIdentities"]![user] = new JsonObject();
        }

        JsonObject storage = body["properties"]!["storageProfile"]!.AsObject();
        storage.Remove("imageReference");
        JsonObject system = storage["osDisk"]!.AsObject();
        system["createOption"] = "Attach";
        system.Remove("diskSizeGB");
        foreach (JsonNode? disk in storage["dataDisks"]?.AsArray() ?? [])
        {
            JsonObject data = disk!.AsObject();
            data["createOption"] = "Attach";
            data.Remove("diskSizeGB");
            data.Remove("toBeDetached");
            (data["managedDisk"] as JsonObject)?.Remove("storageAccountType");
        }

        return body;
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
