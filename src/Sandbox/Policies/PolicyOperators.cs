using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageCmdlets.Sandbox.Policies;

/// <summary>The operators of policy conditions (article "Azure Policy definition structure policy rule").</summary>
internal static class PolicyOperators
{
    private static readonly Dictionary<string, Func<string?, JsonNode, bool>> s_operators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["equals"] = Same,
        ["notEquals"] = static (value, target) => !Same(value, target),
        ["like"] = static (value, target) => Like(value, Text(target)),
        ["notLike"] = static (value, target) => !Like(value, Text(target)),
        ["match"] = static (value, target) => Match(value, Text(target), StringComparison.Ordinal),
        ["notMatch"] = static (value, target) => !Match(value, Text(target), StringComparison.Ordinal),
        ["matchInsensitively"] = static (value, target) => Match(value, Text(target), StringComparison.OrdinalIgnoreCase),
        ["notMatchInsensitively"] = static (value, target) => !Match(value, Text(target), StringComparison.OrdinalIgnoreCase),
        ["contains"] = static (value, target) => Contains(value, Text(target)),
        ["notContains"] = static (value, target) => !Contains(value, Text(target)),
        ["in"] = In,
        ["notIn"] = static (value, target) => !In(value, target),
        ["exists"] = static (value, target) => string.Equals(Text(target), "true", StringComparison.OrdinalIgnoreCase) == (value is not null),
    };

    /// <summary>Whether the sandbox knows an operator.</summary>
    public static bool Knows(string name) => s_operators.ContainsKey(name);

    /// <summary>The name as error details spell it: <c>NotLike</c>.</summary>
    public static string Spell(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>Whether a value, null when there is none, is as the operator wants it.</summary>
    public static bool Holds(string name, string? value, JsonNode? target) => s_operators[name](value, target ?? string.Empty);

    private static bool Same(string? value, JsonNode target) => string.Equals(value ?? string.Empty, Text(target), StringComparison.OrdinalIgnoreCase);

    private static bool In(string? value, JsonNode target) => target is JsonArray all && all.Any(one => one is not null && Same(value, one));

    private static bool Contains(string? value, string target) => value is not null && value.IndexOf(target, StringComparison.OrdinalIgnoreCase) >= 0;

    // One asterisk at most, which stands for anything.
    private static bool Like(string? value, string pattern)
    {
        if (value is null) return false;
        int star = pattern.IndexOf('*');
        if (star < 0) return string.Equals(value, pattern, StringComparison.OrdinalIgnoreCase);
        string head = pattern.Substring(0, star), tail = pattern.Substring(star + 1);
        return value.Length >= head.Length + tail.Length && value.StartsWith(head, StringComparison.OrdinalIgnoreCase) &&
            value.EndsWith(tail, StringComparison.OrdinalIgnoreCase);
    }

    // '#' is a digit, '?' a letter, '.' any character, and everything else itself.
    private static bool Match(string? value, string pattern, StringComparison comparison)
    {
        if (value is null || value.Length != pattern.Length) return false;
        for (int i = 0; i < pattern.Length; i++)
        {
            bool fits = pattern[i] switch
            {
                '#' => char.IsDigit(value[i]),
                '?' => char.IsLetter(value[i]),
                '.' => true,
                _ => string.Compare(value, i, pattern, i, 1, comparison) == 0,
            };
            if (!fits) return false;
        }

        return true;
    }

    private static string Text(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => node.ToJsonString(),
    };
}
