using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Policies;

/// <summary>Assignments of policies to subscriptions, groups and resources.</summary>
internal static class PolicyAssignments
{
    public const string TypeName = "Microsoft.Authorization/policyAssignments";

    /// <summary>Enforcement mode of an assignment that only observes.</summary>
    public const string DoNotEnforce = "DoNotEnforce";

    private const string Suffix = "/providers/Microsoft.Authorization/policyAssignments";

    private static readonly string[] s_sent = ["displayName", "description", "parameters", "nonComplianceMessages"];

    public static void Register(SandboxRegistry registry, ResourceType type)
    {
        const string all = "{*scope}" + Suffix, one = all + "/{policyAssignmentName}";
        registry.Map("GET", all, "PolicyAssignments_List", type, List);
        registry.Map("GET", one, "PolicyAssignments_Get", type, Get);
        registry.Map("PUT", one, "PolicyAssignments_Create", type, Put);
        registry.Map("DELETE", one, "PolicyAssignments_Delete", type, Delete);
    }

    /// <summary>Values of a definition's parameters: what the assignment says, else the definition.</summary>
    public static JsonObject Values(JsonObject assignment, JsonObject definition)
    {
        JsonObject values = JsonText.NewObject();
        foreach (KeyValuePair<string, JsonNode?> parameter in definition.Object("properties.parameters") ?? [])
        {
            JsonNode? given = (assignment.Object("properties.parameters")?[parameter.Key] as JsonObject)?["value"];
            if ((given ?? (parameter.Value as JsonObject)?["defaultValue"]) is { } value) values[parameter.Key] = value.DeepClone();
        }

        return values;
    }

    private static ArmResponse Put(RequestContext context)
    {
        ResourceEntry holder = ExtensionScope.Holder(context);
        string name = context.Route["policyAssignmentName"], id = $"{holder.Id}{Suffix}/{name}";
        ResourceEntry? present = context.World.Store.Find(id, TypeName);
        JsonObject properties = Properties(context, holder, present);
        JsonObject definition = Definition(context, name, properties.Text("policyDefinitionId")!, holder);
        JsonObject body = JsonText.NewObject();
        foreach (string member in new[] { "identity", "location" })
        {
            if (context.Body[member] is { } value) body[member] = value.DeepClone();
        }

        body["properties"] = properties;
        body["id"] = id;
        body["type"] = TypeName;
        body["name"] = name;
        JsonObject values = Values(body, definition);
        string[] missing = [.. (definition.Object("properties.parameters") ?? []).Select(static parameter => parameter.Key).Where(key => !values.ContainsKey(key))];
        if (missing.Length > 0) throw PolicyErrors.MissingParameters(name, definition.Text("name")!, missing);
        context.World.Store.Put(new ResourceEntry(id, TypeName, body));
        return ArmResponse.Gateway(201, body.Copy());
    }

    private static JsonObject Properties(RequestContext context, ResourceEntry holder, ResourceEntry? present)
    {
        JsonObject? sent = context.Body.Object("properties");
        JsonObject properties = JsonText.NewObject();
        properties["policyDefinitionId"] = sent.Text("policyDefinitionId") ??
            throw GatewayErrors.InvalidRequestContent("Required property 'policyDefinitionId' not found in JSON. Path 'properties'.");
        properties["scope"] = holder.Id;
        properties["notScopes"] = sent.Array("notScopes")?.DeepClone() ?? new JsonArray();
        properties["enforcementMode"] = string.Equals(sent.Text("enforcementMode"), DoNotEnforce, StringComparison.OrdinalIgnoreCase) ? DoNotEnforce : "Default";
        foreach (string member in s_sent)
        {
            if (sent![member] is { } value) properties[member] = value.DeepClone();
        }

        properties["metadata"] = PolicyMetadata.Of(context, present);
        return properties;
    }

    // A definition of its own subscription, or one that Azure brings along.
    private static JsonObject Definition(RequestContext context, string assignment, string id, ResourceEntry holder)
    {
        string name = id.Substring(id.LastIndexOf('/') + 1);
        if (id.IndexOf("/policySetDefinitions/", StringComparison.OrdinalIgnoreCase) >= 0) throw PolicyErrors.SetDefinitionNotFound(name);
        JsonObject found = PolicyDefinitions.Find(context.World, id) ?? throw PolicyErrors.DefinitionNotFound(name);
        string subscription = $"/subscriptions/{holder.SubscriptionId}/";
        bool near = found.Text("properties.policyType") != "Custom" || id.StartsWith(subscription, StringComparison.OrdinalIgnoreCase);
        return near ? found : throw PolicyErrors.OutOfScope(assignment);
    }

    private static ArmResponse Get(RequestContext context) => ArmResponse.Gateway(
        200, Find(context)?.Body.Copy() ?? throw PolicyErrors.AssignmentNotFound(context.Route["policyAssignmentName"]));

    // The deleted assignment comes back (specification).
    private static ArmResponse Delete(RequestContext context)
    {
        if (Find(context) is not { } entry) return ArmResponse.Gateway(204);
        context.World.Store.Remove(entry.Id);
        return ArmResponse.Gateway(200, entry.Body.Copy());
    }

    // Assignments at the scope and above it; with atScope() no others, else those below it too (specification of $filter).
    private static ArmResponse List(RequestContext context)
    {
        string scope = ExtensionScope.Holder(context).Id;
        bool only = context.Query["$filter"]?.IndexOf("atScope()", StringComparison.OrdinalIgnoreCase) >= 0;
        ResourceEntry[] found =
        [
            .. context.World.Store.OfType(TypeName).Where(entry =>
                ExtensionScope.Holds(entry.Body.Text("properties.scope")!, scope) || (!only && ExtensionScope.Holds(scope, entry.Id))),
        ];
        return ArmResponse.Gateway(200, ResourceReads.Page(context, found, static entry => entry.Body.Copy()));
    }

    private static ResourceEntry? Find(RequestContext context) =>
        context.World.Store.Find($"{context.Path.Scope}{Suffix}/{context.Route["policyAssignmentName"]}", TypeName);
}
