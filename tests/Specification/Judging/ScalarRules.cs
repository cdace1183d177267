using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ImageCmdlets.Tests.Specification;

/// <summary>The rules of texts and numbers.</summary>
internal static partial class ScalarRules
{
    /// <summary>The rule that a value breaks, and how; null when it is good.</summary>
    public static (string Rule, string Detail)? Check(JsonElement value, SchemaNode schema, BodyDirection direction) => value.ValueKind switch
    {
        JsonValueKind.String => CheckText(value.GetString()!, schema, direction),
        JsonValueKind.Number => CheckNumber(value.GetDecimal(), schema),
        _ => null,
    };

    /// <summary>The rule that a text breaks, and how; null when it is good.</summary>
    public static (string Rule, string Detail)? CheckText(string text, SchemaNode schema, BodyDirection direction)
    {
        if (schema.Values is { } values && !schema.IsOpenEnum && !values.Contains(text))
        {
            // ARM reads words in any casing and writes them in the documented one.
            if (direction == BodyDirection.Answer || !values.Any(value => string.Equals(value, text, StringComparison.OrdinalIgnoreCase)))
                return ("enum", $"'{Short(text)}', known are {string.Join(", ", values.Order(StringComparer.Ordinal))}");
        }

        if (!FitsFormat(text, schema.Format)) return ("format", $"'{Short(text)}' is no {schema.Format}");
        if (text.Length < schema.MinimumLength || text.Length > schema.MaximumLength)
            return ("length", $"{text.Length} characters, allowed are {schema.MinimumLength ?? 0} to {schema.MaximumLength?.ToString(CultureInfo.InvariantCulture) ?? "any"}");
        return schema.Pattern is { } pattern && !pattern.IsMatch(text) ? ("pattern", $"'{Short(text)}' does not match {pattern}") : null;
    }

    private static (string Rule, string Detail)? CheckNumber(decimal number, SchemaNode schema)
    {
        bool fits = schema.Format switch
        {
            "int32" => number is >= int.MinValue and <= int.MaxValue,
            "int64" => number is >= long.MinValue and <= long.MaxValue,
            _ => true,
        };
        if (!fits) return ("format", $"{number} is no {schema.Format}");
        return number < schema.Minimum || number > schema.Maximum
            ? ("range", $"{number}, allowed are {schema.Minimum?.ToString(CultureInfo.InvariantCulture) ?? "any"} to {schema.Maximum?.ToString(CultureInfo.InvariantCulture) ?? "any"}")
            : null;
    }

    private static bool FitsFormat(string text, string? format) => format switch
    {
        "date-time" => DateTime().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uuid" or "guid" => Guid.TryParseExact(text, "D", out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "arm-id" => text.StartsWith('/'),
        "byte" => Convert.TryFromBase64String(text, new byte[text.Length], out _),
        _ => true,
    };

    private static string Short(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "...");

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex DateTime();
}
