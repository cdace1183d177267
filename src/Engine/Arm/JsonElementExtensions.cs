using System.Globalization;
using System.Text.Json;

namespace ImageCmdlets.Engine.Arm;

/// <summary>Reads ARM answers as they come: property names in any casing, absent and null the same, numbers also as text.</summary>
/// <remarks>Azure itself answers <c>diskSizeGB</c> and <c>diskSizeGb</c>; see docs/decisions on reading.</remarks>
internal static class JsonElementExtensions
{
    /// <summary>The element at a path of property names; null where any step is absent or null.</summary>
    public static JsonElement? Find(this JsonElement element, params string[] path)
    {
        JsonElement current = element;
        foreach (string name in path)
        {
            if (current.ValueKind != JsonValueKind.Object || !TryGet(current, name, out current))
                return null;
        }

        return current.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : current;
    }

    /// <summary>Text, or a number or truth value as its text; null when absent.</summary>
    public static string? Text(this JsonElement element, params string[] path) => element.Find(path) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } => null,
        { } value => value.GetRawText(),
    };

    /// <summary>A whole number; null when absent or not one.</summary>
    public static int? Number(this JsonElement element, params string[] path) =>
        element.Real(path) is { } value && value is >= int.MinValue and <= int.MaxValue ? (int)value : null;

    /// <summary>A number; null when absent or not one.</summary>
    public static double? Real(this JsonElement element, params string[] path) =>
        double.TryParse(element.Text(path), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    /// <summary>A truth value; null when absent.</summary>
    public static bool? Truth(this JsonElement element, params string[] path) =>
        bool.TryParse(element.Text(path), out bool value) ? value : null;

    /// <summary>A time with its offset; null when absent or not one.</summary>
    public static DateTimeOffset? Time(this JsonElement element, params string[] path) =>
        DateTimeOffset.TryParse(element.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset value)
            ? value
            : null;

    /// <summary>The items of an array; none when absent.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, params string[] path) =>
        element.Find(path) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The text items of an array; none when absent.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement element, params string[] path) =>
        [.. element.Items(path).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    /// <summary>The properties of an object as texts, such as tags; empty when absent.</summary>
    public static IReadOnlyDictionary<string, string> Map(this JsonElement element, params string[] path)
    {
        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (element.Find(path) is { ValueKind: JsonValueKind.Object } found)
        {
            foreach (JsonProperty property in found.EnumerateObject())
                map[property.Name] = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
        }

        return map;
    }

    private static bool TryGet(JsonElement element, string name, out JsonElement value)
    {
        if (element.TryGetProperty(name, out value))
            return true;

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                value = property.Value;
                return true;
            }
        }

        return false;
    }
}
