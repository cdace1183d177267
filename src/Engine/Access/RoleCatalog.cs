using System.Collections.Concurrent;
using System.Text.Json;
using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Operations;

namespace ImageCmdlets.Engine.Access;

/// <summary>The roles that can be assigned at a scope: names to definitions and back, each asked for once.</summary>
/// <remarks>Source: <c>RoleDefinitions_List</c> with <c>roleName eq</c>, <c>RoleDefinitions_Get</c>.</remarks>
internal sealed class RoleCatalog
{
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The full id of a role's definition.</summary>
    /// <param name="operation">The running command.</param>
    /// <param name="scope">Where it is to be assigned.</param>
    /// <param name="role">Its name, its GUID, or the full id.</param>
    /// <exception cref="ImageCmdletsException">InvalidArgument: there is no such role; and what Azure says where the scope is not there.</exception>
    public async Task<string> FindAsync(Operation operation, string scope, string role)
    {
        if (role.StartsWith("/", StringComparison.Ordinal))
            return role;

        string query = Guid.TryParse(role, out _) ? string.Empty : "$filter=" + Uri.EscapeDataString($"roleName eq '{role.Replace("'", "''")}'");
        string path = $"{scope}/providers/Microsoft.Authorization/roleDefinitions{(query.Length == 0 ? "/" + role : string.Empty)}";
        JsonElement found = default;
        try
        {
            ArmAnswer answer = await operation.Arm.GetAsync(path, ArmApiVersions.Authorization, operation.CancellationToken, query.Length == 0 ? null : query).ConfigureAwait(false);
            found = query.Length == 0 ? answer.Body : answer.Body.Items("value").FirstOrDefault();
        }
        catch (ArmOperationException exception) when (exception.Code is "RoleDefinitionDoesNotExist" or "RoleDefinitionNotFound")
        {
            // Every other 404 is about the scope: the group or resource that is not there.
            operation.Verbose($"'{scope}' knows no role '{role}': {exception.Message}");
        }

        if (found.Text("id") is not { } id)
        {
            throw new ImageCmdletsException(ErrorIds.InvalidArgument, $"There is no role '{role}'.", role,
                "Pass the name of a role, such as Reader or 'Compute Gallery Image Reader', or the id of its definition with -Role.");
        }

        _names[NameOf(id)] = found.Text("properties", "roleName") ?? role;
        return id;
    }

    /// <summary>The name of a definition; its id where that cannot be read.</summary>
    public async Task<string> DescribeAsync(Operation operation, string scope, string definitionId)
    {
        string guid = NameOf(definitionId);
        if (_names.TryGetValue(guid, out string? known))
            return known;

        ArmAnswer? answer = await operation.Arm.FindAsync($"{scope}/providers/Microsoft.Authorization/roleDefinitions/{guid}", ArmApiVersions.Authorization, operation.CancellationToken).ConfigureAwait(false);
        return _names[guid] = answer?.Body.Text("properties", "roleName") ?? guid;
    }

    /// <summary>The GUID of a role, which is the same at every scope.</summary>
    public static string NameOf(string definitionId) => definitionId.Substring(definitionId.LastIndexOf('/') + 1);
}
