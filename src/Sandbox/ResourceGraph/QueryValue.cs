using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.ResourceGraph;

/// <summary>How values of queries compare.</summary>
internal static class QueryValue
{
    /// <summary>The value as a text, as <c>tostring</c> makes it; what is missing is an empty text.</summary>
    public static string Text(JsonNode? value) => value switch
    {
        null => string.Empty,
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    /// <summary>Whether a condition holds: only true does.</summary>
    public static bool IsTrue(JsonNode? value) => value?.GetValueKind() == JsonValueKind.True;

    /// <summary>Orders two values: missing ones first, numbers as numbers, all else as texts.</summary>
    public static int Compare(JsonNode? left, JsonNode? right)
    {
        if (left is null || right is null) return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        return TryNumber(left, out double first) && TryNumber(right, out double second)
            ? first.CompareTo(second)
            : string.CompareOrdinal(Text(left), Text(right));
    }

    /// <summary>Whether two values are the same; a missing one is the same as none.</summary>
    public static bool Same(JsonNode? left, JsonNode? right, StringComparison comparison)
    {
        if (left is null || right is null) return false;
        return TryNumber(left, out double first) && TryNumber(right, out double second)
            ? first.Equals(second)
            : string.Equals(Text(left), Text(right), comparison);
    }

    /// <summary>Whether a term stands in a text as a word of its own, which is what <c>has</c> looks for.</summary>
    public static bool HasTerm(string text, string term)
    {
        for (int at = text.IndexOf(term, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(term, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            bool begins = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            bool ends = at + term.Length == text.Length || !char.IsLetterOrDigit(text[at + term.Length]);
            if (begins && ends) return true;
        }

        return false;
    }

    private static bool TryNumber(JsonNode value, out double number)
    {
        number = 0;
        return value.GetValueKind() == JsonValueKind.Number &&
            double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
