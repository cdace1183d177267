using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;

namespace ImageCmdlets.Sandbox.Policies;

/// <summary>A resource that a policy does not want.</summary>
/// <param name="Assignment">The assignment.</param>
/// <param name="Definition">Body of the definition that is assigned.</param>
/// <param name="Effect">The effect as it is written.</param>
/// <param name="Evaluated">The conditions that were looked at.</param>
internal sealed record PolicyViolation(ResourceEntry Assignment, JsonObject Definition, string Effect, IReadOnlyList<JsonObject> Evaluated)
{
    /// <summary>What the assignment says of those who do not comply; null when it says nothing.</summary>
    public string? Reason => Assignment.Body.Items("properties.nonComplianceMessages").Select(static item => item.Text("message")).OfType<string>().FirstOrDefault();

    /// <summary>As the message names assignment and definition.</summary>
    public JsonObject Identifiers() => new()
    {
        ["policyAssignment"] = new JsonObject { ["name"] = Title(Assignment.Body), ["id"] = Assignment.Id },
        ["policyDefinition"] = new JsonObject { ["name"] = Title(Definition), ["id"] = Definition.Text("id") },
    };

    /// <summary>One of the error's <c>additionalInfo</c>.</summary>
    public JsonObject ToJson()
    {
        var details = new JsonObject
        {
            ["evaluatedExpressions"] = new JsonArray([.. Evaluated.Select(static expression => expression.DeepClone())]),
        };
        if (Reason is { } reason) details["reason"] = reason;
        var info = new JsonObject
        {
            ["policyDefinitionDisplayName"] = Title(Definition),
            ["evaluationDetails"] = details,
            ["policyDefinitionId"] = Definition.Text("id"),
            ["policyDefinitionName"] = Definition.Text("name"),
            ["policyDefinitionEffect"] = Effect,
            ["policyAssignmentId"] = Assignment.Id,
            ["policyAssignmentName"] = Assignment.Name,
            ["policyAssignmentDisplayName"] = Title(Assignment.Body),
            ["policyAssignmentScope"] = Assignment.Body.Text("properties.scope"),
            ["policyAssignmentParameters"] = Assignment.Body.Object("properties.parameters")?.DeepClone() ?? new JsonObject(),
        };
        return new JsonObject { ["type"] = "PolicyViolation", ["info"] = info };
    }

    private static string? Title(JsonObject body) => body.Text("properties.displayName") ?? body.Text("name");
}
