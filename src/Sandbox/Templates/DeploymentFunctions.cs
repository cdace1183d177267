using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;
using ImageCmdlets.Sandbox.Resources;
using static ImageCmdlets.Sandbox.Templates.TemplateValues;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>Functions that look at the deployment and at resources.</summary>
internal static class DeploymentFunctions
{
    private static readonly Dictionary<string, Func<TemplateScope, JsonNode?[], JsonNode?>> s_functions = new()
    {
        ["copyindex"] = CopyIndex,
        ["resourceid"] = ResourceId,
        ["subscriptionresourceid"] = SubscriptionResourceId,
        ["resourcegroup"] = static (scope, _) => Group(scope),
        ["subscription"] = static (scope, _) => scope.Place.Subscription.DeepClone(),
        ["deployment"] = static (scope, _) => Deployment(scope),
        ["environment"] = static (_, arguments) => Environment(arguments),
        ["reference"] = Reference,
        ["providers"] = Providers,
    };

    public static bool Knows(string lowerCaseName) => s_functions.ContainsKey(lowerCaseName);

    public static JsonNode? Call(TemplateScope scope, string lowerCaseName, JsonNode?[] arguments) =>
        s_functions[lowerCaseName](scope, arguments);

    private static JsonNode CopyIndex(TemplateScope scope, JsonNode?[] arguments)
    {
        const string function = "copyIndex";
        FunctionTable.CheckCount(function, arguments.Length, 0, 2);
        bool named = arguments.Length > 0 && TypeOf(arguments[0]) == "String";
        string loop = named ? Text(function, arguments[0]) : TemplateScope.DefaultLoop;
        JsonNode? offset = named ? arguments.ElementAtOrDefault(1) : arguments.ElementAtOrDefault(0);
        long index = scope.Loops.Number(loop) ?? throw new TemplateException(
            "The template function 'copyIndex' is not expected at this location. The function can only be used in a resource " +
            "with copy specified. Please see https://aka.ms/arm-copy for usage details.");
        return index + (offset is null ? 0 : Number(function, offset));
    }

    private static JsonNode ResourceId(TemplateScope scope, JsonNode?[] arguments)
    {
        const string function = "resourceId";
        string[] texts = [.. arguments.Select(argument => Text(function, argument))];
        int type = Array.FindIndex(texts, static text => text.IndexOf('/') >= 0);
        if (type is < 0 or > 2) throw Names(function, texts.FirstOrDefault() ?? string.Empty, 1);
        string[] names = [.. texts.Skip(type + 1)];
        CheckNames(function, texts[type], names);
        string subscription = type == 2 ? texts[0] : scope.Place.SubscriptionId;
        string group = type switch { 0 => scope.Place.Group.Name, 1 => texts[0], _ => texts[1] };
        string resource = TemplatePlace.Weave(texts[type].TrimEnd('/'), names);
        return $"/subscriptions/{subscription}/resourceGroups/{group}/providers/{resource}";
    }

    private static JsonNode SubscriptionResourceId(TemplateScope scope, JsonNode?[] arguments)
    {
        const string function = "subscriptionResourceId";
        string[] texts = [.. arguments.Select(argument => Text(function, argument))];
        int type = Array.FindIndex(texts, static text => text.IndexOf('/') >= 0);
        if (type is < 0 or > 1) throw Names(function, texts.FirstOrDefault() ?? string.Empty, 1);
        string[] names = [.. texts.Skip(type + 1)];
        CheckNames(function, texts[type], names);
        string subscription = type == 1 ? texts[0] : scope.Place.SubscriptionId;
        return $"/subscriptions/{subscription}/providers/{TemplatePlace.Weave(texts[type].TrimEnd('/'), names)}";
    }

    private static void CheckNames(string function, string type, string[] names)
    {
        int expected = type.TrimEnd('/').Split('/').Length - 1;
        if (names.Length != expected) throw Names(function, type, expected);
    }

    private static TemplateException Names(string function, string type, int expected) => new(
        $"Unable to evaluate template language function '{function}': the type '{type}' requires '{expected}' resource name " +
        "argument(s). Please see https://aka.ms/arm-resource-functions#resourceid for usage details.");

    private static JsonObject Group(TemplateScope scope)
    {
        JsonObject body = scope.Place.Group.Body;
        JsonObject group = JsonText.NewObject();
        foreach (string name in (string[])["id", "name", "type", "location", "tags", "managedBy", "properties"])
        {
            if (body[name] is { } value) group[name] = value.DeepClone();
        }

        return group;
    }

    private static JsonObject Deployment(TemplateScope scope)
    {
        JsonObject deployment = JsonText.NewObject();
        deployment["name"] = scope.Place.Deployment;
        deployment["properties"] = new JsonObject
        {
            ["template"] = scope.Template.DeepClone(),
            ["mode"] = "Incremental",
            ["provisioningState"] = "Accepted",
        };
        return deployment;
    }

    private static JsonObject Environment(JsonNode?[] arguments)
    {
        FunctionTable.CheckCount("environment", arguments.Length, 0, 0);
        return CloudEnvironment.Show();
    }

    // Out of Azure's documentation since 2021, and still in templates: az vmss create asks for a version so.
    private static JsonObject Providers(TemplateScope scope, JsonNode?[] arguments)
    {
        const string function = "providers";
        FunctionTable.CheckCount(function, arguments.Length, 1, 2);
        string provider = Text(function, arguments[0]);
        ResourceType[] types = [.. scope.Place.Types.Where(type => Same(type.Namespace, provider))];
        if (arguments.Length == 1)
            return new JsonObject { ["namespace"] = provider, ["resourceTypes"] = new JsonArray([.. types.Select(Show)]) };
        string name = Text(function, arguments[1]);
        return types.FirstOrDefault(type => Same(type.Name, name)) is { } found
            ? Show(found)
            : throw new TemplateException(
                $"Unable to evaluate template language function '{function}': the resource type '{provider}/{name}' could not be found. " +
                "Please see https://aka.ms/arm-functions#providers for usage details.");
    }

    private static JsonObject Show(ResourceType type) => new()
    {
        ["resourceType"] = type.Name,
        ["locations"] = new JsonArray([.. Regions.All.Select(static region => (JsonNode)region.DisplayName)]),
        ["apiVersions"] = new JsonArray([.. type.ApiVersions.Select(static version => (JsonNode)version)]),
    };

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static JsonNode? Reference(TemplateScope scope, JsonNode?[] arguments)
    {
        const string function = "reference";
        FunctionTable.CheckCount(function, arguments.Length, 1, 3);
        if (scope.Reference is not { } reference) throw new RuntimeOnlyException(function);
        string? version = arguments.Length > 1 ? Text(function, arguments[1]) : null;
        bool full = arguments.Length > 2 &&
            string.Equals(Text(function, arguments[2]), "Full", StringComparison.OrdinalIgnoreCase);
        return reference(Text(function, arguments[0]), version, full);
    }
}
