using ImageCmdlets.Sandbox.Authorization;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.RoleAssignments;

/// <summary>Refusals about rights.</summary>
internal static class RoleErrors
{
    /// <summary>Quoted by users who mixed up their directories.</summary>
    public static ArmException WrongTenant(string present, string wanted) => GatewayErrors.Gateway(
        401,
        "InvalidAuthenticationTokenTenant",
        $"The access token is from the wrong issuer 'https://sts.windows.net/{present}/'. It must match the tenant " +
        $"'https://sts.windows.net/{wanted}/' associated with this subscription. Please use the authority (URL) " +
        $"'https://login.windows.net/{wanted}' to get the token. Note, if the subscription is transferred to another tenant there is " +
        "no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just " +
        "transferred your subscription and see this error message, please try back later.");

    /// <summary>Recorded 2020; for images pasted by many users.</summary>
    public static ArmException LinkedTenant(string action, string scope, string tenant, string subscription) => GatewayErrors.Gateway(
        403,
        "LinkedAuthorizationFailed",
        $"The client has permission to perform action '{action}' on scope '{scope}', however the current tenant '{tenant}' is not " +
        $"authorized to access linked subscription '{subscription}'.");

    /// <summary>Recorded 2018 without the last words, which users paste since 2020.</summary>
    public static ArmException Linked(Caller caller, string action, string scope, string linkedAction, string linked) => GatewayErrors.Gateway(
        403,
        "LinkedAuthorizationFailed",
        $"The client '{caller.Client}' with object id '{caller.ObjectId}' has permission to perform action '{action}' on scope '{scope}'; " +
        $"however, it does not have permission to perform action '{linkedAction}' on the linked scope(s) '{linked}' or the linked " +
        "scope(s) are invalid.");

    public static ArmException AssignmentExists() =>
        GatewayErrors.Gateway(409, "RoleAssignmentExists", "The role assignment already exists.");

    /// <summary>Recorded 2018.</summary>
    public static ArmException UpdateNotPermitted() => Refuse(
        "RoleAssignmentUpdateNotPermitted", "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");

    public static ArmException AssignmentNotFound(string name) => new(
        404, new ArmError("RoleAssignmentNotFound", $"The role assignment '{name}' is not found."));

    public static ArmException DefinitionNotFound(string id) => new(
        404, new ArmError("RoleDefinitionDoesNotExist", $"The specified role definition with ID '{id}' does not exist."));

    /// <summary>Assumption: texts of Microsoft's article "Troubleshoot Azure RBAC"; that of an id is made after that of an assignment's.</summary>
    public static ArmException InvalidDefinitionId(string name) => Refuse(
        "InvalidRoleDefinitionId", $"The role definition ID '{name}' is not valid. The role definition ID must be a GUID.");

    public static ArmException InvalidDefinition(string property) => Refuse(
        "InvalidRoleDefinition", $"The role definition property '{property}' is missing.");

    public static ArmException DefinitionExists(string name) => GatewayErrors.Gateway(
        409, "RoleDefinitionWithSameNameExists", $"A custom role with the same name already exists in this directory. Use a different name: '{name}'.");

    public static ArmException DefinitionInUse() => Refuse(
        "RoleDefinitionHasAssignments", "There are existing role assignments referencing role. Please remove the role assignments before deleting the role.");

    public static ArmException InvalidName(string name) => Refuse(
        "InvalidRoleAssignmentId", $"The role assignment ID '{name}' is not valid. The role assignment ID must be a GUID.");

    public static ArmException InvalidPrincipal() =>
        Refuse("InvalidPrincipalId", "A valid principal ID must be provided for role assignment.");

    private static ArmException Refuse(string code, string message) => new(400, new ArmError(code, message));
}
