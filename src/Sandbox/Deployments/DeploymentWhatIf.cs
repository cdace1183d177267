using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.ResourceGroups;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Templates;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>
/// POST whatIf: what a deployment would change. Assumption: members that a template does not name are left alone; Azure guesses
/// which of them a provider would reset.
/// </summary>
internal static class DeploymentWhatIf
{
    private const string Kind = "Deployments.WhatIf";

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(5);

    public static void Register(SandboxRegistry registry, ResourceType type, string instance)
    {
        registry.Map("POST", instance + "/whatIf", "Deployments_WhatIf", type, Ask);
        registry.Effect(Kind, new OperationEffect(static context =>
        {
            context.Operation.Output = context.Arguments.Object("result")?.DeepClone();
        }));
    }

    private static ArmResponse Ask(RequestContext context)
    {
        DeploymentPlan plan = DeploymentPlan.Read(context, context.Route["deploymentName"]);
        DeploymentPreflight.Check(context, plan);
        bool idsOnly = string.Equals(context.Body.Text("properties.whatIfSettings.resultFormat"), "ResourceIdOnly", StringComparison.OrdinalIgnoreCase);
        var changes = new JsonArray();
        foreach (PlannedResource resource in plan.Resources) changes.Add((JsonNode)Change(context, plan, resource, idsOnly));
        foreach (ResourceEntry other in Others(context, plan))
            changes.Add((JsonNode)Show(other.Id, plan.Mode == "Complete" ? "Delete" : "Ignore", idsOnly ? null : other.Body, null));
        JsonObject arguments = JsonText.NewObject();
        arguments["result"] = new JsonObject { ["status"] = "Succeeded", ["properties"] = new JsonObject { ["changes"] = changes } };
        return GroupJobs.Watch(context, GroupJobs.Begin(context, Kind, "WHATIFJOB", $"{DeploymentSubject.IdOf(context)}/whatIf", s_duration, arguments));
    }

    private static IEnumerable<ResourceEntry> Others(RequestContext context, DeploymentPlan plan)
    {
        var planned = new HashSet<string>(plan.Resources.Select(static resource => resource.Id), StringComparer.OrdinalIgnoreCase);
        return context.World.Store.Below(context.Group!.Id).Where(entry => !planned.Contains(entry.Id) &&
            context.World.Registry.FindType(entry.Type) is { Tracked: true, NeedsLocation: true, Segments.Count: 1 });
    }

    private static JsonObject Change(RequestContext context, DeploymentPlan plan, PlannedResource resource, bool idsOnly)
    {
        ResourceEntry? present = context.World.Store.Find(resource.Id);
        if (idsOnly) return Show(present?.Id ?? resource.Id, present is null ? "Create" : "Deploy", null, null);
        JsonObject after;
        try
        {
            after = TemplatePlanner.Body(plan.Scope, resource);
        }
        catch (RuntimeOnlyException)
        {
            // What has no value yet cannot be compared.
            return Show(present?.Id ?? resource.Id, present is null ? "Create" : "Deploy", present?.Body, null);
        }

        after["id"] = present?.Id ?? resource.Id;
        after["type"] = resource.Type;
        after["name"] = resource.Name;
        after["apiVersion"] = resource.ApiVersion;
        if (present is null) return Show(resource.Id, "Create", null, after);
        var delta = new JsonArray();
        foreach (string member in new[] { "location", "tags", "sku", "kind", "zones", "properties" })
            Compare(member, present.Body[member], after[member], delta);
        JsonObject change = Show(present.Id, delta.Count == 0 ? "NoChange" : "Modify", present.Body, after);
        if (delta.Count > 0) change["delta"] = delta;
        return change;
    }

    private static JsonObject Show(string id, string type, JsonObject? before, JsonObject? after)
    {
        var change = new JsonObject { ["resourceId"] = id, ["changeType"] = type };
        if (before is not null) change["before"] = before.DeepClone();
        if (after is not null) change["after"] = after.DeepClone();
        return change;
    }

    private static void Compare(string path, JsonNode? before, JsonNode? after, JsonArray delta)
    {
        if (after is null) return;
        if (before is JsonObject present && after is JsonObject wanted)
        {
            foreach (KeyValuePair<string, JsonNode?> member in wanted) Compare($"{path}.{member.Key}", present[member.Key], member.Value, delta);
        }
        else if (!Same(before, after))
        {
            delta.Add((JsonNode)new JsonObject
            {
                ["path"] = path,
                ["propertyChangeType"] = before is null ? "Create" : "Modify",
                ["before"] = before?.DeepClone(),
                ["after"] = after.DeepClone(),
            });
        }
    }

    private static bool Same(JsonNode? before, JsonNode after) =>
        string.Equals(before?.ToJsonString(), after.ToJsonString(), StringComparison.OrdinalIgnoreCase);
}
