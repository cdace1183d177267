using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Faults;

namespace ImageCmdlets.Sandbox.RoleAssignments;

/// <summary>A role: built in, or defined by somebody.</summary>
/// <param name="Id">GUID, the same in every directory.</param>
/// <param name="Name">Name.</param>
/// <param name="Description">Microsoft's description.</param>
/// <param name="Actions">What it allows.</param>
internal sealed record RoleDefinition(string Id, string Name, string Description, IReadOnlyList<string> Actions)
{
    /// <summary>What it does not allow although an action would.</summary>
    public IReadOnlyList<string> NotActions { get; init; } = [];

    /// <summary>What it allows with the contents of blobs.</summary>
    public IReadOnlyList<string> DataActions { get; init; } = [];

    /// <summary><c>BuiltInRole</c> or <c>CustomRole</c>.</summary>
    public string Kind { get; init; } = "BuiltInRole";

    /// <summary>Whether the role allows an action.</summary>
    public bool Allows(string action) =>
        Actions.Any(pattern => FaultPattern.Fits(pattern, action)) && !NotActions.Any(pattern => FaultPattern.Fits(pattern, action));

    /// <summary>Whether the role allows an action on the contents of storage.</summary>
    public bool AllowsData(string action) => DataActions.Any(pattern => FaultPattern.Fits(pattern, action));

    /// <summary>As the list of permissions shows it.</summary>
    public JsonObject ToPermission() => new()
    {
        ["actions"] = Array(Actions),
        ["notActions"] = Array(NotActions),
        ["dataActions"] = Array(DataActions),
        ["notDataActions"] = new JsonArray(),
    };

    /// <summary>As a definition shows it at a scope.</summary>
    public JsonObject ToJson(string subscription) => new()
    {
        ["properties"] = new JsonObject
        {
            ["roleName"] = Name,
            ["type"] = Kind,
            ["description"] = Description,
            ["assignableScopes"] = new JsonArray(Kind == "BuiltInRole" ? "/" : subscription),
            ["permissions"] = new JsonArray(ToPermission()),
            ["createdOn"] = "2015-02-02T21:55:09.8806423Z",
            ["updatedOn"] = "2021-11-11T20:13:47.8628684Z",
            ["createdBy"] = null,
            ["updatedBy"] = null,
        },
        ["id"] = $"{subscription}/providers/Microsoft.Authorization/roleDefinitions/{Id}",
        ["type"] = "Microsoft.Authorization/roleDefinitions",
        ["name"] = Id,
    };

    private static JsonArray Array(IReadOnlyList<string> items) => new([.. items.Select(static item => (JsonNode)item)]);
}
