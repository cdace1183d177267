using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Policies;

/// <summary>Policy definitions of subscriptions, and those that Azure brings along.</summary>
internal static class PolicyDefinitions
{
    public const string TypeName = "Microsoft.Authorization/policyDefinitions";

    /// <summary>Mode of definitions for groups and all types.</summary>
    public const string All = "All";

    /// <summary>Mode of definitions for types with tags and a location.</summary>
    public const string Indexed = "Indexed";

    private const string Suffix = "/providers/Microsoft.Authorization/policyDefinitions";

    private static readonly string[] s_sent = ["displayName", "description", "metadata", "parameters", "policyRule"];

    public static void Register(SandboxRegistry registry, ResourceType type)
    {
        const string own = "/subscriptions/{subscriptionId}" + Suffix, one = "/{policyDefinitionName}";
        registry.Map("GET", own, "PolicyDefinitions_List", type, List);
        registry.Map("GET", own + one, "PolicyDefinitions_Get", type, Get);
        registry.Map("PUT", own + one, "PolicyDefinitions_CreateOrUpdate", type, Put);
        registry.Map("DELETE", own + one, "PolicyDefinitions_Delete", type, Delete);
        registry.Map("GET", Suffix, "PolicyDefinitions_ListBuiltIn", type, List);
        registry.Map("GET", Suffix + one, "PolicyDefinitions_GetBuiltIn", type, Get);
    }

    /// <summary>The body of a definition, by its id; null when there is none.</summary>
    public static JsonObject? Find(SandboxWorld world, string? id) =>
        world.Store.Find(id, TypeName)?.Body ??
        BuiltInPolicies.All.FirstOrDefault(policy => string.Equals(policy.Text("id"), id, StringComparison.OrdinalIgnoreCase));

    private static ArmResponse Get(RequestContext context) => ArmResponse.Gateway(
        200, Find(context.World, IdOf(context))?.Copy() ?? throw PolicyErrors.DefinitionNotFound(context.Route["policyDefinitionName"]));

    private static ArmResponse List(RequestContext context)
    {
        IEnumerable<JsonObject> own = context.Path.SubscriptionId is { } subscription
            ? context.World.Store.OfType(TypeName, subscription).Select(static entry => entry.Body)
            : [];
        return ArmResponse.Gateway(200, ResourceReads.Page(context, [.. BuiltInPolicies.All, .. own], static body => body.Copy()));
    }

    // 201, also for one that was there (specification of 2021-06-01).
    private static ArmResponse Put(RequestContext context)
    {
        string name = context.Route["policyDefinitionName"];
        JsonObject? sent = context.Body.Object("properties");
        PolicyRule.Check(name, sent.Object("policyRule"), sent.Object("parameters"));
        string id = IdOf(context);
        JsonObject properties = JsonText.NewObject();
        properties["policyType"] = "Custom";
        properties["mode"] = sent.Text("mode") ?? Indexed;
        foreach (string member in s_sent)
        {
            if (sent![member] is { } value) properties[member] = value.DeepClone();
        }

        properties["metadata"] = PolicyMetadata.Of(context, context.World.Store.Find(id, TypeName));
        JsonObject body = JsonText.NewObject();
        body["properties"] = properties;
        body["id"] = id;
        body["type"] = TypeName;
        body["name"] = name;
        context.World.Store.Put(new ResourceEntry(id, TypeName, body));
        return ArmResponse.Gateway(201, body.Copy());
    }

    private static ArmResponse Delete(RequestContext context)
    {
        string id = IdOf(context);
        if (context.World.Store.Find(id, TypeName) is not { } entry) return ArmResponse.Gateway(204);
        ResourceEntry? user = context.World.Store.OfType(PolicyAssignments.TypeName).FirstOrDefault(
            assignment => string.Equals(assignment.Body.Text("properties.policyDefinitionId"), id, StringComparison.OrdinalIgnoreCase));
        if (user is not null) throw PolicyErrors.InUse(entry.Name, user.Id);
        context.World.Store.Remove(id);
        return ArmResponse.Gateway(200);
    }

    private static string IdOf(RequestContext context) => $"{context.Path.Scope}{Suffix}/{context.Route["policyDefinitionName"]}";
}
