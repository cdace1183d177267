using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Deployments;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Policies;

/// <summary>
/// What policies with the effect <c>deny</c> forbid. ARM looks at them behind locks and before the provider; they bind everybody.
/// </summary>
internal static class PolicyRules
{
    // As policies name resource groups.
    private const string GroupType = "Microsoft.Resources/subscriptions/resourceGroups";

    /// <summary>Refuses a PUT or PATCH of a resource or group that a policy does not want.</summary>
    /// <exception cref="ArmException">403 RequestDisallowedByPolicy.</exception>
    public static void Check(RequestContext context)
    {
        if (context.Request.Method is not ("PUT" or "PATCH") || !context.World.Store.Has(PolicyAssignments.TypeName)) return;
        ResourceType type = context.Operation.Type;
        bool group = type.FullName == ResourceStore.GroupType;
        if (!type.Tracked && !group) return;
        JsonObject body = context.Request.Method == "PATCH" ? Patched(context) : context.Body;
        PolicyResource resource = group
            ? new PolicyResource(context.Path.ToString(), GroupType, [context.Path.ResourceGroup!], body)
            : Resource(context.Target!, type, body);
        if (Refusal(context.World, resource) is { } refusal) throw refusal;
    }

    /// <summary>A resource of a type for policies to look at.</summary>
    public static PolicyResource Resource(ResourceId id, ResourceType type, JsonObject body) =>
        new(id.ToString(), type.FullName, id.Names, body) { IsIndexed = type.NeedsLocation };

    /// <summary>What policies say to a resource; null when nothing.</summary>
    public static ArmException? Refusal(SandboxWorld world, PolicyResource resource)
    {
        if (!world.Store.Has(PolicyAssignments.TypeName)) return null;
        PolicyViolation[] violations =
        [
            .. world.Store.OfType(PolicyAssignments.TypeName).Where(assignment => Reaches(assignment, resource.Id))
                .Select(assignment => Violation(world, assignment, resource)).OfType<PolicyViolation>(),
        ];
        return violations.Length == 0 ? null : PolicyErrors.Disallowed(resource.Name, violations);
    }

    private static bool Reaches(ResourceEntry assignment, string id) =>
        assignment.Body.Text("properties.enforcementMode") != PolicyAssignments.DoNotEnforce &&
        ExtensionScope.Holds(assignment.Body.Text("properties.scope")!, id) &&
        assignment.Body.Array("properties.notScopes")?.Any(scope => scope is not null && ExtensionScope.Holds(scope.ToString(), id)) != true;

    private static PolicyViolation? Violation(SandboxWorld world, ResourceEntry assignment, PolicyResource resource)
    {
        if (PolicyDefinitions.Find(world, assignment.Body.Text("properties.policyDefinitionId")) is not { } definition) return null;
        // Indexed: only types with tags and a location; any other mode but All belongs to a provider of its own.
        string mode = definition.Text("properties.mode") ?? PolicyDefinitions.Indexed;
        if (mode != PolicyDefinitions.All && (mode != PolicyDefinitions.Indexed || !resource.IsIndexed)) return null;
        ResourceEntry place = world.Store.Find(string.Join("/", resource.Id.Split('/').Take(5))) ?? assignment;
        JsonObject? rule = PolicyRule.Resolve(
            definition.Object("properties.policyRule")!, PolicyAssignments.Values(assignment.Body, definition), DeploymentPlan.Place(world, place, string.Empty));
        if (rule.Text("then.effect") is not { } effect || !string.Equals(effect, PolicyRule.Deny, StringComparison.OrdinalIgnoreCase)) return null;
        var condition = new PolicyCondition(resource);
        return rule.Object("if") is { } asked && condition.Holds(asked) == true
            ? new PolicyViolation(assignment, definition, effect, condition.Evaluated)
            : null;
    }

    // What is not sent stays.
    private static JsonObject Patched(RequestContext context)
    {
        JsonObject body = (context.Existing ?? context.Group)?.Body.Copy() ?? JsonText.NewObject();
        foreach (KeyValuePair<string, JsonNode?> member in context.Body) body[member.Key] = member.Value?.DeepClone();
        return body;
    }
}
