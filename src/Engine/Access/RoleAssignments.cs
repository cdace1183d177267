using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Naming;
using Operation = ImageCmdlets.Engine.Operations.Operation;

namespace ImageCmdlets.Engine.Access;

/// <summary>Reads, makes and removes role assignments.</summary>
/// <remarks>Source: <c>RoleAssignments_ListForScope</c>, <c>_Create</c>, <c>_DeleteById</c>.</remarks>
internal static class RoleAssignments
{
    private const string Segment = "/providers/Microsoft.Authorization/roleAssignments";

    /// <summary>The assignments that count at a scope: those of the scope itself and of all around it.</summary>
    public static async Task<IReadOnlyList<ImageAccess>> ListAsync(Operation operation, RoleCatalog roles, string scope)
    {
        var found = new List<JsonElement>();
        await operation.Arm.ListAsync(scope + Segment, ArmApiVersions.Authorization, item =>
        {
            found.Add(item);
            return Task.CompletedTask;
        }, operation.CancellationToken, "$filter=" + Uri.EscapeDataString("atScope()")).ConfigureAwait(false);

        var access = new List<ImageAccess>();
        foreach (JsonElement item in found)
            access.Add(await MapAsync(operation, roles, scope, item).ConfigureAwait(false));
        return access;
    }

    /// <summary>Assigns a role, or finds that it is assigned: by us before, or by somebody else under another name.</summary>
    public static async Task<ImageAccess> EnsureAsync(Operation operation, RoleCatalog roles, GrantAccessOptions options, string principalId)
    {
        string role = await roles.FindAsync(operation, options.Id, options.Role).ConfigureAwait(false);
        string name = await roles.DescribeAsync(operation, options.Id, role).ConfigureAwait(false);
        if (await FindAsync(operation, roles, options.Id, principalId, name).ConfigureAwait(false) is { } there)
        {
            operation.Verbose($"'{principalId}' is {name} of '{options.Id}' already.");
            return there;
        }

        var properties = new JsonObject { ["roleDefinitionId"] = role, ["principalId"] = principalId };
        if (options.PrincipalType is not null)
            properties["principalType"] = options.PrincipalType;
        string path = $"{options.Id}{Segment}/{NameOf(options.Id, role, principalId)}";
        try
        {
            ArmAnswer made = await operation.Arm.SendAsync(RequestMethod.Put, path, ArmApiVersions.Authorization, new JsonObject { ["properties"] = properties }, operation.CancellationToken).ConfigureAwait(false);
            return await MapAsync(operation, roles, options.Id, made.Body).ConfigureAwait(false);
        }
        catch (ArmOperationException exception) when (exception.Code == "RoleAssignmentExists")
        {
            // Somebody else was quicker, under a name of his own.
            if (await FindAsync(operation, roles, options.Id, principalId, name).ConfigureAwait(false) is { } others)
                return others;
            throw;
        }
    }

    /// <summary>Takes an assignment away; one that is gone is as wanted.</summary>
    public static Task RemoveAsync(Operation operation, string assignmentId) =>
        operation.Arm.SendAsync(RequestMethod.Delete, assignmentId, ArmApiVersions.Authorization, null, operation.CancellationToken);

    private static async Task<ImageAccess?> FindAsync(Operation operation, RoleCatalog roles, string scope, string principalId, string role) =>
        (await ListAsync(operation, roles, scope).ConfigureAwait(false)).FirstOrDefault(access => !access.Inherited && Same(access.Principal, principalId) && Same(access.Role, role));

    private static async Task<ImageAccess> MapAsync(Operation operation, RoleCatalog roles, string resourceId, JsonElement item)
    {
        string definition = item.Text("properties", "roleDefinitionId") ?? string.Empty;
        return new ImageAccess
        {
            TargetId = resourceId,
            Kind = ImageAccessKind.Role,
            Principal = item.Text("properties", "principalId") ?? string.Empty,
            PrincipalType = item.Text("properties", "principalType"),
            Role = await roles.DescribeAsync(operation, resourceId, definition).ConfigureAwait(false),
            Scope = item.Text("properties", "scope") ?? resourceId,
            AssignmentId = item.Text("id"),
            CreatedOn = item.Time("properties", "createdOn"),
        };
    }

    // The same question gets the same name in every run, so that a repeated PUT makes nothing twice.
    private static string NameOf(string scope, string role, string principalId) =>
        Guid.ParseExact(StableHash.Of(32, scope, RoleCatalog.NameOf(role), principalId), "N").ToString("D");

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
