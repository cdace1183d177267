using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Guest;

/// <summary>What Azure hands to a machine at its first boot. No password is in it: the guest model has no use for one.</summary>
internal sealed record GuestProfile
{
    /// <summary>The machine's id, which cloud-init takes for its instance id.</summary>
    public required string VmId { get; init; }

    public required string ComputerName { get; init; }

    /// <summary>The administrator to make; null for a machine made of a specialised disk.</summary>
    public string? AdminUserName { get; init; }

    /// <summary>Public keys for the administrator.</summary>
    public IReadOnlyList<string> SshKeys { get; init; } = [];

    /// <summary>Custom data as sent, in base64.</summary>
    public string? CustomData { get; init; }

    public JsonObject Save() => new()
    {
        ["vmId"] = VmId,
        ["computerName"] = ComputerName,
        ["adminUserName"] = AdminUserName,
        ["sshKeys"] = new JsonArray([.. SshKeys.Select(static k => (JsonNode)JsonValue.Create(k))]),
        ["customData"] = CustomData,
    };

    public static GuestProfile Load(JsonObject saved) => new()
    {
        VmId = saved["vmId"]!.GetValue<string>(),
        ComputerName = saved["computerName"]!.GetValue<string>(),
        AdminUserName = (string?)saved["adminUserName"],
        SshKeys = [.. saved["sshKeys"]!.AsArray().Select(static k => k!.GetValue<string>())],
        CustomData = (string?)saved["customData"],
    };

    /// <summary>Custom data holds secrets more often than not; only the names are shown.</summary>
    public override string ToString() => $"{ComputerName} ({VmId})";
}
