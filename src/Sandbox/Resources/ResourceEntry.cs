using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Resources;

/// <summary>A resource as the sandbox keeps it: what clients see, and beside it what only the service knows.</summary>
internal sealed class ResourceEntry(string id, string type, JsonObject body, JsonObject? state = null)
{
    /// <summary>Id in the casing of the first PUT, with ARM's casing of the fixed segments.</summary>
    public string Id { get; } = id;

    /// <summary>Type with its canonical casing; <c>Microsoft.Resources/resourceGroups</c> for a group.</summary>
    public string Type { get; } = type;

    /// <summary>The resource as a GET shows it, save for what <see cref="ResourceType.View"/> computes.</summary>
    public JsonObject Body { get; set; } = body;

    /// <summary>Facts that no answer shows (power state, generalized or not, bytes used, open SAS …).</summary>
    public JsonObject State { get; } = state ?? JsonText.NewObject();

    /// <summary>The <c>properties</c> of the resource; made when missing.</summary>
    public JsonObject Properties => Body.Ensure("properties");

    public string Name => Body.Text("name") ?? Id.Substring(Id.LastIndexOf('/') + 1);

    public string? Location => Body.Text("location");

    public string SubscriptionId { get; } = id.Split('/')[2];

    /// <summary>Resource group in the casing of the id; null for a subscription.</summary>
    public string? ResourceGroup { get; } = id.Split('/') is { Length: > 4 } parts ? parts[4] : null;

    public string? ProvisioningState
    {
        get => Body.Text("properties.provisioningState");
        set => Properties["provisioningState"] = value;
    }
}
