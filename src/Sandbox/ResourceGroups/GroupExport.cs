using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.ResourceGroups;

/// <summary>
/// The template of a group: its resources, their names as parameters, without what only the service writes. Assumption: which
/// members those are; Azure goes by each type's schema.
/// </summary>
internal static class GroupExport
{
    private const string Kind = "ResourceGroups.Export";
    private const string AsyncSince = "2019-08-01";
    private const string Schema = "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#";

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(5);

    private static readonly string[] s_left = ["id", "name", "type", "etag", "managedBy", "systemData"];

    private static readonly string[] s_leftProperties =
    [
        "provisioningState", "timeCreated", "uniqueId", "vmId", "resourceGuid", "diskState", "diskSizeBytes", "instanceView", "creationTime",
        "primaryEndpoints", "primaryLocation", "statusOfPrimary", "macAddress", "lastModifiedBy", "principalId", "clientId", "tenantId", "vaultUri",
        "replicationStatus", "virtualMachine", "ipAddress",
    ];

    private static readonly Regex s_word = new("[^A-Za-z0-9]+", RegexOptions.CultureInvariant);

    public static void Register(SandboxRegistry registry, ResourceType groups, string instance)
    {
        registry.Map("POST", instance + "/exportTemplate", "ResourceGroups_ExportTemplate", groups, Export);
        registry.Effect(Kind, new OperationEffect(static context =>
        {
            context.Operation.Output = context.Arguments.Object("result")?.DeepClone();
        }));
    }

    private static ArmResponse Export(RequestContext context)
    {
        ResourceEntry group = ResourceGroupSubject.Present(context);
        string[] asked = [.. (context.Body.Array("resources") ?? new JsonArray("*")).Select(static id => id?.ToString() ?? string.Empty)];
        ResourceEntry[] entries =
        [
            .. context.World.Store.Below(group.Id).Where(entry => context.World.Registry.FindType(entry.Type) is { Tracked: true, NeedsLocation: true } &&
                (asked.Contains("*") || asked.Contains(entry.Id, StringComparer.OrdinalIgnoreCase))),
        ];
        if (asked.FirstOrDefault(id => id != "*" && context.World.Store.Find(id) is null) is { } missing) throw Missing(group, missing);
        string options = context.Body.Text("options") ?? string.Empty;
        var result = new JsonObject { ["template"] = Template(context, entries, options) };
        // A job since 2019-08-01 (the client's own comment and the specification).
        if (string.CompareOrdinal(context.ApiVersion, AsyncSince) < 0) return ArmResponse.Gateway(200, result);
        JsonObject arguments = JsonText.NewObject();
        arguments["result"] = result;
        return GroupJobs.Watch(context, GroupJobs.Begin(context, Kind, "RESOURCEGROUPEXPORTJOB", $"{group.Id}/exportTemplate", s_duration, arguments));
    }

    private static ArmException Missing(ResourceEntry group, string id) =>
        GatewayErrors.ResourceNotFound(ResourceId.TryParse(id)?.TypeAndNames ?? id, group.Name);

    private static JsonObject Template(RequestContext context, ResourceEntry[] entries, string options)
    {
        bool fixedNames = options.IndexOf("SkipResourceNameParameterization", StringComparison.OrdinalIgnoreCase) >= 0 ||
            options.IndexOf("SkipAllParameterization", StringComparison.OrdinalIgnoreCase) >= 0;
        bool defaults = options.IndexOf("IncludeParameterDefaultValue", StringComparison.OrdinalIgnoreCase) >= 0;
        var parameters = new JsonObject();
        var resources = new JsonArray();
        foreach (ResourceEntry entry in entries)
        {
            ResourceId id = ResourceId.TryParse(entry.Id)!;
            var parents = id.Names.Take(id.Names.Count - 1);
            string parameter = s_word.Replace($"{string.Join("_", id.Types)}_{string.Join("_", id.Names)}_name", "_");
            string name = string.Join("/", id.Names);
            if (!fixedNames && !parents.Any())
            {
                var described = new JsonObject { ["type"] = "String" };
                if (defaults) described.Insert(0, "defaultValue", id.Name);
                parameters[parameter] = described;
                name = $"[parameters('{parameter}')]";
            }

            resources.Add((JsonNode)Resource(context, entry, name));
        }

        return new JsonObject
        {
            ["$schema"] = Schema,
            ["contentVersion"] = "1.0.0.0",
            ["parameters"] = parameters,
            ["variables"] = new JsonObject(),
            ["resources"] = resources,
        };
    }

    private static JsonObject Resource(RequestContext context, ResourceEntry entry, string name)
    {
        var resource = new JsonObject
        {
            ["type"] = entry.Type,
            ["apiVersion"] = context.World.Registry.FindType(entry.Type)!.ApiVersions[0],
            ["name"] = name,
        };
        foreach (KeyValuePair<string, JsonNode?> member in entry.Body)
        {
            if (!s_left.Contains(member.Key, StringComparer.OrdinalIgnoreCase)) resource[member.Key] = Clean(member.Value);
        }

        return resource;
    }

    // A text that begins like an expression is written so that it is none.
    private static JsonNode? Clean(JsonNode? node) => node switch
    {
        JsonObject branch => new JsonObject(branch.Where(static member => !s_leftProperties.Contains(member.Key, StringComparer.OrdinalIgnoreCase))
            .Select(static member => new KeyValuePair<string, JsonNode?>(member.Key, Clean(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Clean)]),
        JsonValue value when value.TryGetValue(out string? text) && text.StartsWith("[", StringComparison.Ordinal) => "[" + text,
        _ => node?.DeepClone(),
    };
}
