using System.Globalization;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>Refusals and failures of deployments.</summary>
internal static class DeploymentErrors
{
    // A deployment that hangs is given up after a week.
    private static readonly TimeSpan s_expiry = TimeSpan.FromDays(7);

    /// <summary>The template is wrong by itself.</summary>
    public static ArmException InvalidTemplate(string message) => new(
        400,
        new ArmError("InvalidTemplate", $"Deployment template validation failed: '{message}'.") { AdditionalInfo = Violation() })
    {
        FromGateway = true,
    };

    /// <summary>The template is no template.</summary>
    public static ArmException Unparsable(string property) => GatewayErrors.Gateway(
        400,
        "InvalidTemplate",
        $"Deployment template parse failed: 'Required property '{property}' not found in JSON. Path ''.'.");

    /// <summary>Providers refuse what the template asks for, before anything is deployed.</summary>
    public static ArmException NotValid(string name, string trackingId, IReadOnlyList<ArmError> details) => new(
        400,
        new ArmError(
            "InvalidTemplateDeployment",
            $"The template deployment '{name}' is not valid according to the validation procedure. The tracking id is " +
            $"'{trackingId}'. See inner errors for details.")
        {
            Details = details,
        })
    {
        FromGateway = true,
    };

    /// <summary>Pasted by users of Azure PowerShell; a template of which a policy does not want something is refused as a whole.</summary>
    public static ArmException PolicyViolation(IReadOnlyList<ArmError> details) => new(
        400,
        new ArmError(
            "InvalidTemplateDeployment",
            "The template deployment failed because of policy violation. Please see details for more information.")
        {
            Details = details,
        })
    {
        FromGateway = true,
    };

    /// <summary>A template elsewhere: the sandbox fetches nothing, and neither does Azure where nothing is to be had.</summary>
    public static ArmException InvalidContentLink(string uri) => GatewayErrors.Gateway(
        400,
        "InvalidContentLink",
        $"Unable to download deployment content from '{uri}'. The tracking Id is '{Guid.Empty}'. " +
        "Please see https://aka.ms/arm-deploy for usage details.");

    public static ArmException NotFound(string name) =>
        GatewayErrors.Gateway(404, "DeploymentNotFound", $"Deployment '{name}' could not be found.");

    public static ArmException OperationNotFound(string id) => GatewayErrors.Gateway(
        404, "DeploymentOperationNotFound", $"Deployment operation '{id}' could not be found.");

    public static ArmException Active(string name, DateTimeOffset started) => GatewayErrors.Gateway(
        409,
        "DeploymentActive",
        $"Unable to edit or replace deployment '{name}': previous deployment from '{Time(started)}' is still active " +
        $"(expiration time is '{Time(started + s_expiry)}'). Please see https://aka.ms/arm-deploy for usage details.");

    public static ArmException NotCancellable(string name, string state) => GatewayErrors.Gateway(
        409,
        "DeploymentCannotBeCancelled",
        $"The deployment '{name}' cannot be cancelled because its provisioning state is '{state}'.");

    public static ArmException InvalidName(string name) => GatewayErrors.Gateway(
        400,
        "InvalidDeploymentName",
        $"The deployment name '{name}' is invalid. It can have up to 64 letters, digits, '-', '.', '(', ')' and '_'.");

    /// <summary>The deployment ended badly; the details are its resources' errors.</summary>
    public static JsonObject Failed(string id, IEnumerable<JsonNode> details) => new()
    {
        ["code"] = "DeploymentFailed",
        ["target"] = id,
        ["message"] = "At least one resource deployment operation failed. Please list deployment operations for details. " +
                      "Please see https://aka.ms/arm-deployment-operations for usage details.",
        ["details"] = new JsonArray([.. details.Select(static detail => detail.DeepClone())]),
    };

    /// <summary>A resource's own long-running operation failed.</summary>
    public static JsonObject ResourceFailed(string resourceId, JsonNode error) => new()
    {
        ["code"] = "ResourceDeploymentFailure",
        ["target"] = resourceId,
        ["message"] = "The resource write operation failed to complete successfully, because it reached terminal provisioning " +
                      "state 'Failed'.",
        ["details"] = new JsonArray(error.DeepClone()),
    };

    /// <summary>An expression has no value, which shows only while the deployment runs.</summary>
    public static JsonObject Expression(string resourceId, string message) => new()
    {
        ["code"] = "InvalidTemplate",
        ["message"] = $"Unable to process template language expressions for resource '{resourceId}' at line '1' and column '1'. " +
                      $"'{message}'",
        ["additionalInfo"] = Violation(),
    };

    /// <summary>The outputs have no value.</summary>
    public static JsonObject Outputs(string name, string message) => new()
    {
        ["code"] = "DeploymentOutputEvaluationFailed",
        ["message"] = $"Unable to evaluate template outputs: '{name}'. Please see error details and deployment operations. " +
                      "Please see https://aka.ms/arm-common-errors for usage details.",
        ["details"] = new JsonArray(new JsonObject
        {
            ["code"] = "DeploymentOutputEvaluationFailed",
            ["target"] = name,
            ["message"] = message,
        }),
    };

    /// <summary>An error read back from its JSON; what the record has no place for is left out.</summary>
    public static ArmError Read(JsonNode error) => new(error.Text("code") ?? string.Empty, error.Text("message") ?? string.Empty)
    {
        Target = error.Text("target"),
        Details = [.. error.Items("details").Select(Read)],
    };

    private static JsonArray Violation() => new(new JsonObject
    {
        ["type"] = "TemplateViolation",
        ["info"] = new JsonObject { ["lineNumber"] = 0, ["linePosition"] = 0, ["path"] = string.Empty },
    });

    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture);
}
