using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>Reads the arguments of functions.</summary>
internal static class TemplateValues
{
    /// <summary>Name of a value's type in ARM's texts, those of Json.NET.</summary>
    public static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => "String",
        JsonValueKind.Number => long.TryParse(value.ToJsonString(), out _) ? "Integer" : "Float",
        JsonValueKind.True or JsonValueKind.False => "Boolean",
        JsonValueKind.Object => "Object",
        JsonValueKind.Array => "Array",
        _ => "Null",
    };

    public static string Text(string function, JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : throw Wrong(function, "String", value);

    public static long Number(string function, JsonNode? value) =>
        TypeOf(value) == "Integer" ? long.Parse(value!.ToJsonString()) : throw Wrong(function, "Integer", value);

    public static bool Flag(string function, JsonNode? value) =>
        TypeOf(value) == "Boolean" ? value!.GetValue<bool>() : throw Wrong(function, "Boolean", value);

    public static JsonArray Items(string function, JsonNode? value) =>
        value as JsonArray ?? throw Wrong(function, "Array", value);

    /// <summary>A value as <c>concat</c>, <c>format</c> and <c>string</c> write it.</summary>
    public static string Display(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => string.Empty,
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        _ => value.ToJsonString(),
    };

    /// <summary>Equality as <c>equals</c> has it: strings with regard to case, objects and arrays by content.</summary>
    public static bool Same(JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(left, right);

    private static TemplateException Wrong(string function, string type, JsonNode? value) => new(
        $"The template language function '{function}' expects its parameter to be of type '{type}'. The provided value is of " +
        $"type '{TypeOf(value)}'. Please see https://aka.ms/arm-functions#{function.ToLowerInvariant()} for usage details.");
}
