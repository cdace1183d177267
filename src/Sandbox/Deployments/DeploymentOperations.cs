using System.Text.Json.Nodes;
using System.Xml;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>How a deployment stands, as a whole and resource by resource.</summary>
internal static class DeploymentOperations
{
    /// <summary><c>operationStatuses/{id}</c>: a word, and the error of a failed deployment.</summary>
    public static ArmResponse Status(RequestContext context)
    {
        ResourceEntry entry = DeploymentSubject.Present(context);
        string id = context.Route["operationId"];
        if (entry.State.Text("operationId") != id) throw DeploymentErrors.OperationNotFound(id);
        var status = new JsonObject { ["status"] = entry.ProvisioningState };
        if (entry.Properties.Object("error") is { } error) status["error"] = error.Copy();
        return ArmResponse.Gateway(200, status);
    }

    public static ArmResponse List(RequestContext context)
    {
        ResourceEntry entry = DeploymentSubject.Present(context);
        JsonObject[] operations = [.. All(context, entry)];
        return ArmResponse.Gateway(200, ResourceReads.Page(context, operations, static operation => operation));
    }

    public static ArmResponse Get(RequestContext context)
    {
        string id = context.Route["operationId"];
        JsonObject? found = All(context, DeploymentSubject.Present(context)).FirstOrDefault(o => o.Text("operationId") == id);
        return ArmResponse.Gateway(200, found ?? throw DeploymentErrors.OperationNotFound(id));
    }

    // What has not begun is not listed.
    private static IEnumerable<JsonObject> All(RequestContext context, ResourceEntry entry)
    {
        var deployment = new DeploymentState(context.World, entry);
        foreach (DeploymentStep step in deployment.Steps.Where(static step => step.Start is not null))
            yield return Show(entry, step.OperationId, Properties(step, context.Now));
        if (entry.ProvisioningState != "Succeeded") yield break;
        JsonObject outputs = JsonText.NewObject();
        outputs["provisioningOperation"] = "EvaluateDeploymentOutput";
        outputs["provisioningState"] = "Succeeded";
        outputs["timestamp"] = entry.Properties.Text("timestamp");
        outputs["duration"] = XmlConvert.ToString(TimeSpan.Zero);
        outputs["trackingId"] = entry.Properties.Text("correlationId");
        outputs["statusCode"] = "OK";
        yield return Show(entry, entry.State.Text("operationId")!, outputs);
    }

    private static JsonObject Show(ResourceEntry entry, string id, JsonObject properties) => new()
    {
        ["id"] = $"{entry.Id}/operations/{id}",
        ["operationId"] = id,
        ["properties"] = properties,
    };

    private static JsonObject Properties(DeploymentStep step, DateTimeOffset now)
    {
        DateTimeOffset end = step.End ?? now;
        JsonObject properties = JsonText.NewObject();
        properties["provisioningOperation"] = step.Kind;
        properties["provisioningState"] = step.State ?? "Running";
        properties["timestamp"] = DeploymentState.Timestamp(end);
        properties["duration"] = XmlConvert.ToString(end - step.Start!.Value);
        properties["trackingId"] = step.TrackingId;
        properties["statusCode"] = step.StatusCode;
        if (step.Error is { } error) properties["statusMessage"] = new JsonObject { ["error"] = error.Copy() };
        properties["targetResource"] = new JsonObject
        {
            ["id"] = step.Id,
            ["resourceType"] = step.Type,
            ["resourceName"] = step.Name,
        };
        return properties;
    }
}
