using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>Finds out which resources a template asks for: loops unrolled, children of resources made top-level.</summary>
internal sealed class TemplatePlanner
{
    private const string Help = "Please see https://aka.ms/arm-syntax-resources for usage details.";

    // Properties of a resource that are the deployment's business and not the provider's.
    private static readonly string[] s_ownProperties =
        ["type", "name", "apiVersion", "dependsOn", "copy", "condition", "comments", "resources", "scope", "metadata"];

    private readonly byte[] _text;
    private readonly List<PlannedResource> _planned = [];

    private TemplatePlanner(byte[] text) => _text = text;

    /// <summary>All resources, with their dependencies.</summary>
    /// <param name="scope">Scope with parameters.</param>
    /// <param name="text">Text of the request, for the places in messages.</param>
    /// <exception cref="TemplateException">A resource is wrong.</exception>
    public static IReadOnlyList<PlannedResource> Plan(TemplateScope scope, byte[] text)
    {
        var planner = new TemplatePlanner(text);
        foreach (JsonNode? resource in scope.Template.Array("resources") ?? [])
        {
            if (resource is JsonObject json) planner.Add(scope, json, null);
        }

        planner.CheckUnique();
        return TemplateDependencies.Resolve(scope, planner._planned);
    }

    /// <summary>The body that is sent to the provider.</summary>
    public static JsonObject Body(TemplateScope scope, PlannedResource resource)
    {
        var source = JsonText.NewObject();
        foreach (KeyValuePair<string, JsonNode?> property in resource.Source)
        {
            if (!s_ownProperties.Contains(property.Key, StringComparer.OrdinalIgnoreCase))
                source[property.Key] = property.Value?.DeepClone();
        }

        // A template inside a template with a scope of its own is evaluated by its own deployment.
        JsonNode? inner = source.Text("properties.expressionEvaluationOptions.scope") is { } own &&
            string.Equals(own, "inner", StringComparison.OrdinalIgnoreCase)
                ? source["properties"]!["template"]
                : null;
        if (inner is not null) source.Object("properties")!.Remove("template");
        var body = (JsonObject)new TemplateEvaluator(scope with { Loops = resource.Loops }).Resolve(source)!;
        if (inner is not null) body.Ensure("properties")["template"] = inner.DeepClone();
        return body;
    }

    private void Add(TemplateScope scope, JsonObject resource, PlannedResource? parent)
    {
        if (resource.Object("copy") is not { } copy)
        {
            AddOne(scope, resource, parent, null, []);
            return;
        }

        string name = copy.Text("name") ?? string.Empty;
        long count = TemplateValues.Number("copy", new TemplateEvaluator(scope).Resolve(copy["count"]));
        bool serial = string.Equals(copy.Text("mode"), "serial", StringComparison.OrdinalIgnoreCase);
        long batch = serial ? copy.Number("batchSize") ?? 1 : long.MaxValue;
        var turns = new List<string>();
        for (int i = 0; i < count; i++)
        {
            long first = Math.Max(0, (i / batch * batch) - batch);
            string[] before = i < batch ? [] : [.. turns.Skip((int)first).Take((int)batch)];
            turns.Add(AddOne(scope.Within(name, i, isResource: true), resource, parent, name, before));
        }
    }

    private string AddOne(
        TemplateScope scope, JsonObject source, PlannedResource? parent, string? loop, IReadOnlyList<string> before)
    {
        string label = source.Text("name") ?? string.Empty;
        PlannedResource planned;
        try
        {
            planned = Read(scope, source, parent, loop) with { Batch = before };
        }
        catch (Exception problem) when (problem is TemplateException or RuntimeOnlyException)
        {
            throw Invalid(label, $"is not valid: {Explain(problem)}");
        }

        _planned.Add(planned);
        Check(scope, planned);
        foreach (JsonObject child in source.Items("resources")) Add(scope, child, planned);
        return planned.Id;
    }

    private PlannedResource Read(TemplateScope scope, JsonObject source, PlannedResource? parent, string? loop)
    {
        var evaluator = new TemplateEvaluator(scope);
        string Value(string name) => TemplateValues.Display(evaluator.Resolve(source[name]));
        string type = Value("type"), name = Value("name"), version = Value("apiVersion");
        if (name.Length == 0) throw Invalid(name, "is not valid. The name property cannot be null or empty.");
        if (type.Length == 0) throw Invalid(name, "is not valid. The type property is invalid.");
        if (version.Length == 0) throw Invalid(name, "is not valid. The api-version property is required.");
        if (parent is not null)
        {
            type = $"{parent.Type}/{type}";
            name = $"{parent.Name}/{name}";
        }

        if (type.Split('/').Length != name.Split('/').Length + 1) throw Lengths(name, type);
        string scopeId = Value("scope") switch
        {
            "" => scope.Place.Group.Id,
            { } id when id[0] == '/' => id,
            { } relative => scope.Place.Id(relative),
        };
        string location = Value("location");
        return new PlannedResource(
            $"{scopeId}/providers/{TemplatePlace.Weave(type, name.Split('/'))}", type, name, version, source, scope.Loops, loop)
        {
            Location = location.Length > 0 ? location : null,
            IsWanted = !source.ContainsKey("condition") ||
                TemplateValues.Flag("condition", evaluator.Resolve(source["condition"])),
        };
    }

    // Every expression is tried, so that mistakes show before anything is deployed; reference has to wait.
    private void Check(TemplateScope scope, PlannedResource planned)
    {
        if (!planned.IsWanted) return;
        try
        {
            Body(scope, planned);
        }
        catch (RuntimeOnlyException)
        {
            return;
        }
        catch (TemplateException problem)
        {
            throw Invalid(planned.Name, $"is not valid: {Explain(problem)}");
        }
    }

    private void CheckUnique()
    {
        string? twice = _planned.Where(static resource => resource.IsWanted)
            .GroupBy(static resource => resource.Id, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(static group => group.Count() > 1)?.First().TypeAndNames;
        if (twice is null) return;
        TextPosition position = TextPosition.Of(_text, twice.Substring(twice.LastIndexOf('/') + 1));
        throw new TemplateException(
            $"The resource '{twice}' at line '{position.Line}' and column '{position.Column}' is defined multiple times in a " +
            $"template. {Help}");
    }

    private TemplateException Invalid(string name, string problem)
    {
        TextPosition position = TextPosition.Of(_text, name);
        return new TemplateException(
            $"The template resource '{name}' at line '{position.Line}' and column '{position.Column}' {problem} {Help}");
    }

    private TemplateException Lengths(string name, string type)
    {
        TextPosition position = TextPosition.Of(_text, type);
        return new TemplateException(
            $"The template resource '{name}' for type '{type}' at line '{position.Line}' and column '{position.Column}' has " +
            "incorrect segment lengths. A nested resource type must have identical number of segments as its resource name. " +
            $"A root resource type must have segment length one greater than its resource name. {Help}");
    }

    private static string Explain(Exception problem) => problem is RuntimeOnlyException runtime
        ? $"The template function '{runtime.Function}' is not expected at this location. " +
          "Please see https://aka.ms/arm-functions for usage details.."
        : $"{problem.Message}.";
}
