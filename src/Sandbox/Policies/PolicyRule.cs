using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Templates;

namespace ImageCmdlets.Sandbox.Policies;

/// <summary>The form of a rule, and the rule with its parameters replaced.</summary>
internal static class PolicyRule
{
    public const string Deny = "deny";

    // Known to Azure; the sandbox looks at no field that they make sense for.
    private static readonly string[] s_others = ["less", "lessOrEquals", "greater", "greaterOrEquals", "containsKey", "notContainsKey"];

    private static readonly string[] s_effects =
    [
        Deny, "audit", "append", "auditIfNotExists", "deployIfNotExists", "disabled", "modify", "denyAction", "manual", "mutate", "addToNetworkGroup",
    ];

    private static readonly Regex s_parameter = new(@"parameters\('(?<name>[^']+)'\)", RegexOptions.IgnoreCase);

    /// <summary>Refuses a rule that is none.</summary>
    /// <exception cref="Errors.ArmException">400 InvalidPolicyRule or UndefinedPolicyParameter.</exception>
    public static void Check(string name, JsonObject? rule, JsonObject? parameters)
    {
        if (rule is null) throw PolicyErrors.InvalidRule("Required property 'policyRule' not found in JSON.");
        CheckCondition(rule.Object("if") ?? throw PolicyErrors.InvalidRule("Required property 'if' not found in JSON."));
        string effect = rule.Text("then.effect") ?? throw PolicyErrors.InvalidRule("Required property 'effect' not found in JSON. Path 'then'.");
        if (!ExpressionParser.IsExpression(effect) && !s_effects.Contains(effect, StringComparer.OrdinalIgnoreCase))
            throw PolicyErrors.InvalidRule($"Error converting value \"{effect}\" to type 'PolicyEffectType'. Path 'then.effect'.");
        foreach (Match match in s_parameter.Matches(JsonText.Compact(rule)))
        {
            string used = match.Groups["name"].Value;
            if (parameters?.ContainsKey(used) != true) throw PolicyErrors.UndefinedParameter(name, used);
        }
    }

    /// <summary>The rule with the parameters' values in it.</summary>
    /// <returns>Null when it asks for what the sandbox does not know.</returns>
    public static JsonObject? Resolve(JsonObject rule, JsonObject parameters, TemplatePlace place)
    {
        var scope = new TemplateScope { Template = JsonText.NewObject(), Parameters = parameters, Place = place };
        try
        {
            return new TemplateEvaluator(scope).Resolve(rule) as JsonObject;
        }
        catch (Exception unknown) when (unknown is TemplateException or RuntimeOnlyException)
        {
            return null;
        }
    }

    private static void CheckCondition(JsonObject condition)
    {
        if ((condition["allOf"] ?? condition["anyOf"]) is { } parts)
        {
            if (parts is not JsonArray { Count: > 0 } all) throw PolicyErrors.InvalidRule("The array of conditions is empty.");
            foreach (JsonNode? part in all) CheckCondition(part as JsonObject ?? throw PolicyErrors.InvalidRule("A condition is no object."));
        }
        else if (condition["not"] is { } not)
        {
            CheckCondition(not as JsonObject ?? throw PolicyErrors.InvalidRule("A condition is no object."));
        }
        else if (condition.Text("field") is null && !condition.ContainsKey("value") && !condition.ContainsKey("count"))
        {
            throw PolicyErrors.InvalidRule("A condition needs one of 'field', 'value' and 'count'.");
        }
        else if (condition.Count(static member => PolicyOperators.Knows(member.Key) || s_others.Contains(member.Key, StringComparer.OrdinalIgnoreCase)) != 1)
        {
            throw PolicyErrors.InvalidRule("A condition needs exactly one operator.");
        }
    }
}
