using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locations;

namespace ImageCmdlets.Sandbox.Policies;

/// <summary>Holds the condition of a rule, its parameters replaced, against a resource.</summary>
internal sealed class PolicyCondition(PolicyResource resource)
{
    private readonly List<JsonObject> _evaluated = [];

    /// <summary>The conditions that were looked at, as error details show them.</summary>
    public IReadOnlyList<JsonObject> Evaluated => _evaluated;

    /// <summary>Whether the resource is as the condition says.</summary>
    /// <returns>Null when the condition asks for what the sandbox does not know.</returns>
    public bool? Holds(JsonObject condition)
    {
        if (condition.Array("allOf") is { } all) return Together(all, whenAny: false);
        if (condition.Array("anyOf") is { } any) return Together(any, whenAny: true);
        if (condition.Object("not") is { } not) return !Holds(not);
        return Compare(condition);
    }

    // Every part is looked at: one that is not understood makes the whole not understood, wherever it stands.
    private bool? Together(JsonArray parts, bool whenAny)
    {
        bool? result = !whenAny;
        foreach (JsonNode? part in parts)
        {
            if (part is not JsonObject condition || Holds(condition) is not { } holds) return null;
            if (holds == whenAny) result = whenAny;
        }

        return result;
    }

    private bool? Compare(JsonObject condition)
    {
        if (condition.Text("field") is not { } field) return null;
        KeyValuePair<string, JsonNode?> comparison = condition.FirstOrDefault(static member => PolicyOperators.Knows(member.Key));
        string? value = resource.Value(field, out bool known);
        if (!known || comparison.Key is null) return null;
        bool isLocation = string.Equals(field, "location", StringComparison.OrdinalIgnoreCase);
        bool holds = PolicyOperators.Holds(comparison.Key, value, isLocation ? Regional(comparison.Value) : comparison.Value);
        var shown = new JsonObject
        {
            ["result"] = holds ? "True" : "False",
            ["expressionKind"] = "Field",
            ["expression"] = field,
            ["path"] = field,
        };
        if (value is not null) shown["expressionValue"] = value;
        shown["targetValue"] = comparison.Value?.DeepClone();
        shown["operator"] = PolicyOperators.Spell(comparison.Key);
        _evaluated.Add(shown);
        return holds;
    }

    // "Location fields are normalized": East US 2 is eastus2 (article).
    private static JsonNode? Regional(JsonNode? target) => target switch
    {
        JsonArray all => new JsonArray([.. all.Select(Regional)]),
        JsonValue value when value.TryGetValue(out string? text) => Regions.Normalize(text),
        _ => target,
    };
}
