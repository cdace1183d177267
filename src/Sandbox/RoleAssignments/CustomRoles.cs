using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.RoleAssignments;

/// <summary>Roles that somebody has defined, beside those that every directory has.</summary>
internal static class CustomRoles
{
    private const string TypeName = "Microsoft.Authorization/roleDefinitions";
    private const string Permissions = "properties.permissions";

    /// <summary>The role of a definition's id, built in or defined; null when there is none.</summary>
    public static RoleDefinition? Find(SandboxWorld world, string? id)
    {
        if (BuiltInRoles.Find(id) is { } known) return known;
        return id is null ? null : All(world).FirstOrDefault(role => id.EndsWith(role.Id, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The roles that somebody has defined.</summary>
    public static IEnumerable<RoleDefinition> All(SandboxWorld world) =>
        world.Store.Has(TypeName) ? world.Store.OfType(TypeName).Select(static entry => Read(entry.Body)) : [];

    /// <summary>Defines a role, or changes one.</summary>
    public static ArmResponse Put(RequestContext context, string subscription)
    {
        string name = context.Route["roleDefinitionId"];
        if (!Guid.TryParse(name, out _)) throw RoleErrors.InvalidDefinitionId(name);
        string role = context.Body.Text("properties.roleName") ?? throw RoleErrors.InvalidDefinition("RoleName");
        if (context.Body.Items(Permissions).FirstOrDefault() is null) throw RoleErrors.InvalidDefinition("Permissions");
        if (All(context.World).Concat(BuiltInRoles.All).Any(other => Same(other.Name, role) && !Same(other.Id, name))) throw RoleErrors.DefinitionExists(role);
        JsonObject body = JsonText.NewObject();
        body["name"] = name;
        body["properties"] = context.Body.Object("properties")!.Copy();
        RoleDefinition read = Read(body);
        JsonObject shown = read.ToJson(subscription);
        context.World.Store.Put(new ResourceEntry(shown.Text("id")!, TypeName, shown));
        return ArmResponse.Gateway(201, shown.Copy());
    }

    /// <summary>Removes a role that nobody has.</summary>
    public static ArmResponse Delete(RequestContext context, string subscription)
    {
        string name = context.Route["roleDefinitionId"];
        if (context.World.Store.Find($"{subscription}/providers/{TypeName}/{name}") is not { } entry) return ArmResponse.Gateway(204);
        bool isAssigned = context.World.Store.OfType(RoleAccess.TypeName)
            .Any(assignment => assignment.Body.Text("properties.roleDefinitionId")!.EndsWith(name, StringComparison.OrdinalIgnoreCase));
        if (isAssigned) throw RoleErrors.DefinitionInUse();
        context.World.Store.Remove(entry.Id);
        return ArmResponse.Gateway(200, entry.Body.Copy());
    }

    private static RoleDefinition Read(JsonObject body)
    {
        JsonObject permission = body.Items(Permissions).First();
        return new RoleDefinition(body.Text("name")!, body.Text("properties.roleName")!, body.Text("properties.description") ?? string.Empty, Texts(permission, "actions"))
        {
            NotActions = Texts(permission, "notActions"),
            DataActions = Texts(permission, "dataActions"),
            Kind = "CustomRole",
        };
    }

    private static string[] Texts(JsonObject permission, string name) => [.. permission.Array(name)?.Select(static item => (string)item!) ?? []];

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
