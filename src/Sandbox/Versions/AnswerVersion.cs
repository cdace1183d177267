using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Versions;

/// <summary>Shows every resource of an answer as the request's api-version does: alone, in lists, as the outcome of an operation.</summary>
internal static class AnswerVersion
{
    /// <summary>The answer as the request's version gives it.</summary>
    public static ArmResponse Apply(RequestContext context, ArmResponse answer)
    {
        if (answer.Status >= 300 || answer.Body is null) return answer;

        // The handler may have answered with a body that the world keeps.
        JsonNode body = answer.Body.DeepClone();
        switch (body)
        {
            case JsonArray items: ShapeAll(items, context);
                break;
            case JsonObject page when page["value"] is JsonArray items: ShapeAll(items, context);
                break;
            case JsonObject status when status["status"] is not null: Shape(status.At("properties.output"), context);
                break;
            default: Shape(body, context);
                break;
        }

        return answer.WithBody(body);
    }

    private static void ShapeAll(JsonArray items, RequestContext context)
    {
        foreach (JsonNode? item in items) Shape(item, context);
    }

    private static void Shape(JsonNode? node, RequestContext context)
    {
        if (node is not JsonObject resource) return;
        MemberVersions table = MemberVersions.Default;
        string type = resource.Text("type") is { } own && table.Knows(own) ? own : context.Operation.Type.FullName;
        table.Shape(type, resource, context.ApiVersion);

        // What one operation alone shows otherwise stands in the table by its name.
        table.Shape(context.Operation.Name, resource, context.ApiVersion);
    }
}
