using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>Which resource waits for which: <c>dependsOn</c>, loops with <c>mode: serial</c>, and <c>reference</c>.</summary>
internal sealed class TemplateDependencies
{
    private readonly TemplateScope _scope;
    private readonly IReadOnlyList<PlannedResource> _planned;

    private TemplateDependencies(TemplateScope scope, IReadOnlyList<PlannedResource> planned)
    {
        _scope = scope;
        _planned = planned;
    }

    /// <summary>The resources with the ids that they depend on.</summary>
    /// <exception cref="TemplateException">A dependency is not in the template, or a resource waits for itself.</exception>
    public static IReadOnlyList<PlannedResource> Resolve(TemplateScope scope, IReadOnlyList<PlannedResource> planned)
    {
        var dependencies = new TemplateDependencies(scope, planned);
        PlannedResource[] resolved =
        [
            .. planned.Select(resource => resource with { DependsOn = dependencies.Of(resource) }),
        ];
        CheckCircles(resolved);
        return resolved;
    }

    private string[] Of(PlannedResource resource)
    {
        var evaluator = new TemplateEvaluator(_scope with { Loops = resource.Loops });
        JsonArray? listed = evaluator.Resolve(resource.Source["dependsOn"]) as JsonArray;
        IEnumerable<PlannedResource> explicitly = (listed ?? []).SelectMany(item => Find(TemplateValues.Display(item)));
        // Children in a resource's own list are resources by themselves.
        IEnumerable<PlannedResource> implicitly = resource.Source
            .Where(static property => !Same(property.Key, "resources"))
            .SelectMany(static property => References(property.Value))
            .SelectMany(name => Match(TryEvaluate(evaluator, name)));
        return
        [
            .. explicitly.Concat(implicitly)
                .Where(static other => other.IsWanted)
                .Select(static other => other.Id)
                .Concat(resource.Batch)
                .Where(id => !string.Equals(id, resource.Id, StringComparison.OrdinalIgnoreCase))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
    }

    private PlannedResource[] Find(string text)
    {
        PlannedResource[] found = Match(text);
        if (found.Length > 0) return found;
        string prefix = $"{_scope.Place.Group.Id}/providers/";
        string shown = text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text.Substring(prefix.Length) : text;
        throw new TemplateException(
            $"The resource '{shown}' is not defined in the template. Please see https://aka.ms/arm-template for usage details.");
    }

    // By id, by type and name, by name, or all turns of a loop.
    private PlannedResource[] Match(string? text) => text is null
        ? []
        :
        [
            .. _planned.Where(resource => Same(resource.Id, text) || Same(resource.TypeAndNames, text) ||
                Same(resource.Name, text) || Same(resource.Loop, text)),
        ];

    private static string? TryEvaluate(TemplateEvaluator evaluator, Expression name)
    {
        try
        {
            return TemplateValues.Display(evaluator.Evaluate(name));
        }
        catch (Exception problem) when (problem is TemplateException or RuntimeOnlyException)
        {
            return null;
        }
    }

    private static IEnumerable<Expression> References(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(static property => References(property.Value)),
        JsonArray array => array.SelectMany(References),
        JsonValue value when TemplateValues.TypeOf(value) == "String" => References(value.GetValue<string>()),
        _ => [],
    };

    private static IEnumerable<Expression> References(string text) =>
        ExpressionParser.IsExpression(text) ? References(ExpressionParser.Parse(text)) : [];

    private static IEnumerable<Expression> References(Expression expression) => expression switch
    {
        PropertyExpression property => References(property.Owner).Concat(References(property.Key)),
        CallExpression { Arguments.Count: > 0 } call when Same(call.Function, "reference") => [call.Arguments[0]],
        CallExpression call => call.Arguments.SelectMany(References),
        _ => [],
    };

    private static void CheckCircles(IReadOnlyList<PlannedResource> resources)
    {
        var byId = new Dictionary<string, PlannedResource>(StringComparer.OrdinalIgnoreCase);
        foreach (PlannedResource resource in resources) byId[resource.Id] = resource;
        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (PlannedResource resource in resources)
            Visit(resource, byId, done, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
    }

    private static void Visit(
        PlannedResource resource, Dictionary<string, PlannedResource> byId, HashSet<string> done, HashSet<string> path)
    {
        if (done.Contains(resource.Id)) return;
        if (!path.Add(resource.Id))
        {
            throw new TemplateException(
                $"Circular dependency detected on resource: '{resource.Id}'. " +
                "Please see https://aka.ms/arm-syntax-resources for usage details.");
        }

        foreach (string id in resource.DependsOn) Visit(byId[id], byId, done, path);
        path.Remove(resource.Id);
        done.Add(resource.Id);
    }

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
