using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Templates;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>One resource of a deployment on its way; kept as JSON in the deployment's state.</summary>
internal sealed class DeploymentStep(JsonObject json)
{
    public const string Create = "Create";
    public const string Delete = "Delete";

    public JsonObject Json { get; } = json;

    public string Id => Json.Text("id")!;

    public string Type => Json.Text("type")!;

    public string Name => Json.Text("name")!;

    public string ApiVersion => Json.Text("apiVersion")!;

    /// <summary><see cref="Create"/> or <see cref="Delete"/>.</summary>
    public string Kind => Json.Text("kind")!;

    /// <summary>The id in the list of operations.</summary>
    public string OperationId => Json.Text("operationId")!;

    public string TrackingId => Json.Text("trackingId")!;

    public IEnumerable<string> DependsOn => Json.Array("dependsOn")!.Select(static id => id!.GetValue<string>());

    /// <summary>Null before it starts, then Running, Succeeded or Failed.</summary>
    public string? State
    {
        get => Json.Text("state");
        set => Json["state"] = value;
    }

    /// <summary>Id of the provider's long-running operation.</summary>
    public string? Operation
    {
        get => Json.Text("operation");
        set => Json["operation"] = value;
    }

    public JsonObject? Error
    {
        get => Json.Object("error");
        set => Json["error"] = value;
    }

    /// <summary>Name of the HTTP status: OK, Created, Conflict.</summary>
    public string? StatusCode
    {
        get => Json.Text("statusCode");
        set => Json["statusCode"] = value;
    }

    /// <summary>How often the provider asked to try again.</summary>
    public long Retries
    {
        get => Json.Number("retries") ?? 0;
        set => Json["retries"] = value;
    }

    public DateTimeOffset? Start
    {
        get => Time("start");
        set => Json["start"] = value is { } time ? ArmTime.Format(time) : null;
    }

    public DateTimeOffset? End
    {
        get => Time("end");
        set => Json["end"] = value is { } time ? ArmTime.Format(time) : null;
    }

    /// <summary>Not to be tried again before.</summary>
    public DateTimeOffset? RetryAt
    {
        get => Time("retryAt");
        set => Json["retryAt"] = value is { } time ? ArmTime.Format(time) : null;
    }

    public static DeploymentStep Of(SandboxWorld world, PlannedResource resource, IEnumerable<string> dependsOn)
    {
        DeploymentStep step = Make(world, Create, resource.Id, resource.Type, resource.Name, resource.ApiVersion, dependsOn);
        step.Json["source"] = resource.Source.DeepClone();
        step.Json["loops"] = resource.Loops.DeepClone();
        return step;
    }

    public static DeploymentStep Make(
        SandboxWorld world, string kind, string id, string type, string name, string apiVersion, IEnumerable<string> dependsOn)
    {
        JsonObject json = JsonText.NewObject();
        json["kind"] = kind;
        json["id"] = id;
        json["type"] = type;
        json["name"] = name;
        json["apiVersion"] = apiVersion;
        json["dependsOn"] = new JsonArray([.. dependsOn.Select(static other => (JsonNode)other)]);
        json["operationId"] = world.Ids.NextGuid($"step|{id}").Replace("-", string.Empty).Substring(0, 16).ToUpperInvariant();
        json["trackingId"] = world.Ids.NextGuid($"tracking|{id}");
        return new DeploymentStep(json);
    }

    /// <summary>The resource as the template has it.</summary>
    public PlannedResource ToPlanned() =>
        new(Id, Type, Name, ApiVersion, Json.Object("source")!, Json.Object("loops")!, null);

    private DateTimeOffset? Time(string property) =>
        Json.Text(property) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
}
