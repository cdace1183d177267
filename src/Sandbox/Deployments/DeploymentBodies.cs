using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Templates;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>What deployments look like.</summary>
internal static class DeploymentBodies
{
    /// <summary>The version that announced no operation (recorded in azps TestVirtualMachineListWithPaging).</summary>
    public const string FirstVersion = "2014-04-01-preview";

    /// <summary>A new deployment.</summary>
    public static JsonObject Make(string id, DeploymentPlan plan, string correlationId, DateTimeOffset now)
    {
        JsonObject body = JsonText.NewObject();
        body["id"] = id;
        body["name"] = plan.Scope.Place.Deployment;
        body["type"] = DeploymentSubject.TypeName;
        body["properties"] = Properties(plan, correlationId, now);
        return body;
    }

    /// <summary>Ids of resources, in their order: <c>outputResources</c>, <c>validatedResources</c>.</summary>
    public static JsonArray Ids(IEnumerable<string> ids) => new(
    [
        .. ids.OrderBy(static id => id, StringComparer.OrdinalIgnoreCase)
            .Select(static id => (JsonNode)new JsonObject { ["id"] = id }),
    ]);

    /// <summary>A deployment as a request's api-version shows it: the first one leaves empty outputs out.</summary>
    public static JsonObject Show(RequestContext context, ResourceEntry entry)
    {
        JsonObject body = entry.Body.Copy();
        if (context.ApiVersion == FirstVersion && body.Object("properties.outputs") is { Count: 0 })
            body.Object("properties")!.Remove("outputs");
        return body;
    }

    private static JsonObject Properties(DeploymentPlan plan, string correlationId, DateTimeOffset now)
    {
        JsonObject properties = JsonText.NewObject();
        properties["templateHash"] = Hash(plan.Scope.Template);
        properties["parameters"] = TemplateParameters.Show(plan.Scope);
        properties["mode"] = plan.Mode;
        properties["provisioningState"] = "Accepted";
        properties["timestamp"] = DeploymentState.Timestamp(now);
        properties["duration"] = XmlConvert.ToString(TimeSpan.Zero);
        properties["correlationId"] = correlationId;
        properties["providers"] = Providers(plan.Resources);
        properties["dependencies"] = Dependencies(plan.Resources);
        return properties;
    }

    // Azure's hash is a number too; how it is made is not published.
    private static string Hash(JsonObject template)
    {
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(JsonText.Compact(template)));
        return BitConverter.ToUInt64(hash, 0).ToString(CultureInfo.InvariantCulture);
    }

    private static JsonArray Providers(IReadOnlyList<PlannedResource> resources) => new(
    [
        .. resources.GroupBy(static resource => resource.Type.Split('/')[0], StringComparer.OrdinalIgnoreCase)
            .Select(static provider => (JsonNode)new JsonObject
            {
                ["namespace"] = provider.Key,
                ["resourceTypes"] = new JsonArray(
                [
                    .. provider.GroupBy(static resource => resource.Type, StringComparer.OrdinalIgnoreCase)
                        .Select(static type => (JsonNode)Type(type)),
                ]),
            }),
    ]);

    private static JsonObject Type(IGrouping<string, PlannedResource> type) => new()
    {
        ["resourceType"] = type.Key.Substring(type.Key.IndexOf('/') + 1),
        ["locations"] = new JsonArray(
        [
            .. type.Select(static resource => resource.Location)
                .OfType<string>()
                .Select(Regions.Normalize)
                .Distinct()
                .Select(static location => (JsonNode)location),
        ]),
    };

    private static JsonArray Dependencies(IReadOnlyList<PlannedResource> resources)
    {
        var byId = resources.ToDictionary(static resource => resource.Id, StringComparer.OrdinalIgnoreCase);
        var dependencies = new JsonArray();
        foreach (PlannedResource resource in resources)
        {
            JsonNode[] others = [.. resource.DependsOn.Where(byId.ContainsKey).Select(id => (JsonNode)Reference(byId[id]))];
            if (others.Length == 0) continue;
            JsonObject dependency = JsonText.NewObject();
            dependency["dependsOn"] = new JsonArray([.. others]);
            foreach (KeyValuePair<string, JsonNode?> property in Reference(resource))
                dependency[property.Key] = property.Value?.DeepClone();
            dependencies.Add((JsonNode)dependency);
        }

        return dependencies;
    }

    private static JsonObject Reference(PlannedResource resource) => new()
    {
        ["id"] = resource.Id,
        ["resourceType"] = resource.Type,
        ["resourceName"] = resource.Name,
    };
}
