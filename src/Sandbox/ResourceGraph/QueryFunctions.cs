using System.Globalization;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.ResourceGraph;

/// <summary>The functions of queries that the sandbox knows.</summary>
internal static class QueryFunctions
{
    private static readonly Dictionary<string, Func<JsonNode?[], JsonNode?>> s_known = new(StringComparer.Ordinal)
    {
        ["tostring"] = static values => QueryValue.Text(values[0]),
        ["tolower"] = static values => QueryValue.Text(values[0]).ToLowerInvariant(),
        ["toupper"] = static values => QueryValue.Text(values[0]).ToUpperInvariant(),
        ["toint"] = static values => Integer(values[0]),
        ["strlen"] = static values => QueryValue.Text(values[0]).Length,
        ["strcat"] = static values => string.Concat(values.Select(QueryValue.Text)),
        ["isnull"] = static values => values[0] is null,
        ["isnotnull"] = static values => values[0] is not null,
        ["isempty"] = static values => QueryValue.Text(values[0]).Length == 0,
        ["isnotempty"] = static values => QueryValue.Text(values[0]).Length > 0,
        ["not"] = static values => !QueryValue.IsTrue(values[0]),
        ["coalesce"] = static values => Array.Find(values, static value => value is not null)?.DeepClone(),
        ["iff"] = static values => (QueryValue.IsTrue(values[0]) ? values[1] : values[2])?.DeepClone(),
        ["array_length"] = static values => (values[0] as JsonArray)?.Count,
    };

    /// <summary>How many values a function takes at the least; null where the sandbox does not know it.</summary>
    public static int? Arity(string name) => !s_known.ContainsKey(name) ? null : name == "iff" ? 3 : 1;

    /// <summary>The value of a function.</summary>
    public static JsonNode? Call(string name, JsonNode?[] values) => s_known[name](values);

    private static JsonNode? Integer(JsonNode? value) =>
        long.TryParse(QueryValue.Text(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : null;
}
