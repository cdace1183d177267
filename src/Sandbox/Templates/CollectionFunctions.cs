using System.Text.Json;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using static ImageCmdlets.Sandbox.Templates.TemplateValues;

namespace ImageCmdlets.Sandbox.Templates;

/// <summary>Functions of arrays and objects, some of which take text as well.</summary>
internal static class CollectionFunctions
{
    public static IEnumerable<TemplateFunction> All { get; } =
    [
        new("concat", 1, int.MaxValue, Concat),
        new("length", 1, 1, static (_, a) => Length(a[0])),
        new("empty", 1, 1, static (_, a) => a[0] is null || Length(a[0]) == 0),
        new("contains", 2, 2, Contains),
        new("first", 1, 1, static (f, a) => At(f, a[0], static _ => 0)),
        new("last", 1, 1, static (f, a) => At(f, a[0], static length => length - 1)),
        new("take", 2, 2, static (f, a) => Cut(f, a[0], 0, Number(f, a[1]))),
        new("skip", 2, 2, static (f, a) => Cut(f, a[0], Number(f, a[1]), int.MaxValue)),
        new("array", 1, 1, static (_, a) => a[0] is JsonArray ? a[0]!.DeepClone() : new JsonArray(a[0]?.DeepClone())),
        new("createArray", 0, int.MaxValue, static (_, a) => new JsonArray([.. a.Select(static item => item?.DeepClone())])),
        new("createObject", 0, int.MaxValue, CreateObject),
        new("range", 2, 2, Range),
        new("union", 2, int.MaxValue, Union),
        new("json", 1, 1, Json),
    ];

    private static JsonNode Concat(string function, IReadOnlyList<JsonNode?> arguments)
    {
        if (arguments[0] is not JsonArray) return string.Concat(arguments.Select(Display));
        return new JsonArray([.. arguments.SelectMany(list => Items(function, list)).Select(static item => item?.DeepClone())]);
    }

    private static int Length(JsonNode? value) => value switch
    {
        JsonArray array => array.Count,
        JsonObject json => json.Count,
        _ => Text("length", value).Length,
    };

    private static JsonNode Contains(string function, IReadOnlyList<JsonNode?> arguments) => arguments[0] switch
    {
        JsonArray array => array.Any(item => Same(item, arguments[1])),
        JsonObject json => json.ContainsKey(Text(function, arguments[1])),
        _ => Text(function, arguments[0]).IndexOf(Display(arguments[1]), StringComparison.Ordinal) >= 0,
    };

    private static JsonNode? At(string function, JsonNode? value, Func<int, int> index)
    {
        int length = Length(value);
        if (value is JsonArray array) return length == 0 ? null : array[index(length)]?.DeepClone();
        return length == 0 ? string.Empty : Text(function, value)[index(length)].ToString();
    }

    private static JsonNode Cut(string function, JsonNode? value, long start, long count)
    {
        int from = (int)Math.Min(Math.Max(start, 0), Length(value));
        int length = (int)Math.Min(Math.Max(count, 0), Length(value) - from);
        if (value is not JsonArray array) return Text(function, value).Substring(from, length);
        return new JsonArray([.. array.Skip(from).Take(length).Select(static item => item?.DeepClone())]);
    }

    private static JsonObject CreateObject(string function, IReadOnlyList<JsonNode?> arguments)
    {
        JsonObject json = JsonText.NewObject();
        for (int i = 0; i + 1 < arguments.Count; i += 2) json[Text(function, arguments[i])] = arguments[i + 1]?.DeepClone();
        return json;
    }

    private static JsonArray Range(string function, IReadOnlyList<JsonNode?> arguments)
    {
        long start = Number(function, arguments[0]);
        long count = Number(function, arguments[1]);
        return new JsonArray([.. Enumerable.Range(0, (int)count).Select(i => (JsonNode)(start + i))]);
    }

    private static JsonNode Union(string function, IReadOnlyList<JsonNode?> arguments)
    {
        if (arguments[0] is not JsonObject)
        {
            var items = new List<JsonNode?>();
            foreach (JsonNode? item in arguments.SelectMany(list => Items(function, list)))
            {
                if (!items.Exists(other => Same(other, item))) items.Add(item);
            }

            return new JsonArray([.. items.Select(static item => item?.DeepClone())]);
        }

        JsonObject union = JsonText.NewObject();
        foreach (JsonObject json in arguments.OfType<JsonObject>())
        {
            foreach (KeyValuePair<string, JsonNode?> property in json) union[property.Key] = property.Value?.DeepClone();
        }

        return union;
    }

    private static JsonNode? Json(string function, IReadOnlyList<JsonNode?> arguments)
    {
        try
        {
            return JsonText.Parse(Text(function, arguments[0]));
        }
        catch (JsonException)
        {
            throw new TemplateException(
                "The template language function 'json' parameter is not valid. The provided value could not be converted to a " +
                "JSON value. Please see https://aka.ms/arm-functions#json for usage details.");
        }
    }
}
