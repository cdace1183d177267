using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Resources;

/// <summary>A resource as the sandbox keeps it: what clients see, and beside it what only the service knows.</summary>
internal sealed class ResourceEntry
{
    private ResourceRecord? _record;
    private JsonObject? _body;
    private JsonObject? _state;

    public ResourceEntry(string id, string type, JsonObject body, JsonObject? state = null)
    {
        Id = id;
        Type = type;
        _body = body;
        _state = state ?? JsonText.NewObject();
    }

    private ResourceEntry(ResourceRecord record)
    {
        Id = record.Id;
        Type = record.Type;
        _record = record;
    }

    /// <summary>Id in the casing of the first PUT, with ARM's casing of the fixed segments.</summary>
    public string Id { get; }

    /// <summary>Type with its canonical casing; <c>Microsoft.Resources/resourceGroups</c> for a group.</summary>
    public string Type { get; }

    /// <summary>The resource as a GET shows it, save for what <see cref="ResourceType.View"/> computes.</summary>
    public JsonObject Body
    {
        get => Opened._body!;
        set => Opened._body = value;
    }

    /// <summary>Facts that no answer shows (power state, generalized or not, bytes used, open SAS …).</summary>
    public JsonObject State => Opened._state!;

    /// <summary>The <c>properties</c> of the resource; made when missing.</summary>
    public JsonObject Properties => Body.Ensure("properties");

    public string Name => Body.Text("name") ?? Id.Substring(Id.LastIndexOf('/') + 1);

    public string? Location => Body.Text("location");

    public string SubscriptionId => field ??= Id.Split('/')[2];

    /// <summary>Resource group in the casing of the id; null for a subscription.</summary>
    public string? ResourceGroup => field ??= Id.Split('/') is { Length: > 4 } parts ? parts[4] : null;

    /// <summary>When it was put for the first time: the <c>createdTime</c> that lists of resources show when asked.</summary>
    public DateTimeOffset? Created
    {
        get => State.Text("created") is { } text ? ArmTime.Parse(text) : null;
        set => State["created"] = value is { } time ? ArmTime.Format(time) : null;
    }

    public string? ProvisioningState
    {
        get => Body.Text("properties.provisioningState");
        set => Properties["provisioningState"] = value;
    }

    // With what its record says, read at the first call.
    private ResourceEntry Opened
    {
        get
        {
            if (_record is null) return this;
            (_body, _state) = _record.Read();
            _record = null;
            return this;
        }
    }

    /// <summary>The resource of a record.</summary>
    public static ResourceEntry Load(ResourceRecord record) => new(record);

    /// <summary>What the state file keeps, and a <see cref="ResourceRecord"/> reads.</summary>
    public JsonNode Save() => _record?.ToJson() ?? new JsonObject
    {
        ["id"] = Id,
        ["type"] = Type,
        ["body"] = Body.DeepClone(),
        ["state"] = State.DeepClone(),
    };
}
