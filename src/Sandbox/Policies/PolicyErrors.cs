using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Policies;

/// <summary>Refusals of policies, and those of their own making. Texts without another source are assumptions.</summary>
internal static class PolicyErrors
{
    /// <summary>
    /// As Microsoft's article "Enforce job execution on Azure Automation Hybrid Runbook Worker" shows it, target and additional
    /// info included; with messages of the assignments, as users paste it.
    /// </summary>
    public static ArmException Disallowed(string resource, IReadOnlyList<PolicyViolation> violations)
    {
        string[] reasons = [.. violations.Select(static violation => violation.Reason).OfType<string>()];
        string rest = reasons.Length > 0
            ? $"Reasons: '{string.Join("', '", reasons)}'. See error details for policy resource IDs."
            : $"Policy identifiers: '{JsonText.Compact(new JsonArray([.. violations.Select(static violation => (JsonNode)violation.Identifiers())]))}'.";
        return new ArmException(403, new ArmError("RequestDisallowedByPolicy", $"Resource '{resource}' was disallowed by policy. {rest}")
        {
            Target = resource,
            AdditionalInfo = new JsonArray([.. violations.Select(static violation => (JsonNode)violation.ToJson())]),
        })
        {
            FromGateway = true,
        };
    }

    public static ArmException DefinitionNotFound(string name) =>
        GatewayErrors.Gateway(404, "PolicyDefinitionNotFound", $"The policy definition '{name}' could not be found.");

    public static ArmException SetDefinitionNotFound(string name) =>
        GatewayErrors.Gateway(404, "PolicySetDefinitionNotFound", $"The policy set definition '{name}' could not be found.");

    public static ArmException AssignmentNotFound(string name) =>
        GatewayErrors.Gateway(404, "PolicyAssignmentNotFound", $"The policy assignment '{name}' is not found.");

    public static ArmException InvalidRule(string problem) =>
        GatewayErrors.Gateway(400, "InvalidPolicyRule", $"Failed to parse policy rule: '{problem}'.");

    public static ArmException UndefinedParameter(string name, string parameter) => GatewayErrors.Gateway(
        400,
        "UndefinedPolicyParameter",
        $"The policy '{name}' uses the parameter '{parameter}', which is not defined in the policy definition.");

    public static ArmException MissingParameters(string assignment, string definition, IEnumerable<string> parameters) => GatewayErrors.Gateway(
        400,
        "MissingPolicyParameter",
        $"The policy assignment '{assignment}' is missing the parameter(s) '{string.Join(",", parameters)}' as defined in the policy " +
        $"definition '{definition}'.");

    public static ArmException OutOfScope(string assignment) => GatewayErrors.Gateway(
        400,
        "InvalidCreatePolicyAssignmentRequest",
        $"The policy definition specified in policy assignment '{assignment}' is out of scope. Policy definitions should be specified only at " +
        "or above the policy assignment scope.");

    /// <summary>Beginning and code as users of Terraform paste them for a set of policies, 400.</summary>
    public static ArmException InUse(string definition, string assignment) => GatewayErrors.Gateway(
        400,
        "InvalidDeletePolicyDefinitionRequest",
        $"The policy definition '{definition}' cannot be deleted. It is referenced by the policy assignment '{assignment}'.");
}
