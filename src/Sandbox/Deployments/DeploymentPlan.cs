using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Templates;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>What a request asks to be deployed.</summary>
/// <param name="Mode"><c>Incremental</c> or <c>Complete</c>.</param>
/// <param name="Scope">Template and parameters.</param>
/// <param name="Resources">Resources to deploy, those with a false condition left out.</param>
internal sealed record DeploymentPlan(string Mode, TemplateScope Scope, IReadOnlyList<PlannedResource> Resources)
{
    private static readonly string[] s_required = ["$schema", "contentVersion", "resources"];

    /// <summary>Reads the body of a PUT or of a validation.</summary>
    /// <exception cref="ArmException">400 InvalidTemplate, InvalidRequestContent, InvalidContentLink.</exception>
    public static DeploymentPlan Read(RequestContext context, string name)
    {
        JsonObject properties = context.Body.Object("properties") ?? throw Missing("properties");
        string mode = ReadMode(properties);
        TemplateScope scope = new()
        {
            Template = Template(properties),
            Parameters = JsonText.NewObject(),
            Place = Place(context.World, context.Group!, name),
        };
        try
        {
            scope = TemplateParameters.Read(scope, Given(properties), context.Request.Body);
            IReadOnlyList<PlannedResource> planned = TemplatePlanner.Plan(scope, context.Request.Body);
            return new DeploymentPlan(mode, scope, [.. planned.Where(static resource => resource.IsWanted)]);
        }
        catch (TemplateException problem)
        {
            throw DeploymentErrors.InvalidTemplate(problem.Message);
        }
        catch (RuntimeOnlyException runtime)
        {
            throw DeploymentErrors.InvalidTemplate(
                $"The template function '{runtime.Function}' is not expected at this location. " +
                "Please see https://aka.ms/arm-functions for usage details.");
        }
    }

    /// <summary>Where a deployment happens.</summary>
    public static TemplatePlace Place(SandboxWorld world, ResourceEntry group, string name)
    {
        JsonObject body = world.Store.Find($"/subscriptions/{group.SubscriptionId}")!.Body;
        JsonObject subscription = JsonText.NewObject();
        foreach (string property in (string[])["id", "subscriptionId", "tenantId", "displayName"])
        {
            if (body[property] is { } value) subscription[property] = value.DeepClone();
        }

        return new TemplatePlace(name, subscription, group) { Types = world.Registry.Types };
    }

    private static string ReadMode(JsonObject properties) => properties.Text("mode")?.ToLowerInvariant() switch
    {
        "incremental" => "Incremental",
        "complete" => "Complete",
        null => throw Missing("mode"),
        _ => throw GatewayErrors.InvalidRequestContent(
            $"Error converting value \"{properties.Text("mode")}\" to type " +
            "'Azure.Deployments.Core.Definitions.DeploymentMode'. Path 'properties.mode'."),
    };

    private static JsonObject Template(JsonObject properties)
    {
        if (properties.Object("template") is not { } template)
            throw properties.Text("templateLink.uri") is { } uri ? DeploymentErrors.InvalidContentLink(uri) : Missing("template");
        string? missing = s_required.FirstOrDefault(property => !template.ContainsKey(property));
        return missing is null ? template.Copy() : throw DeploymentErrors.Unparsable(missing);
    }

    // A whole parameter file is taken as well, as ARM takes it.
    private static JsonObject Given(JsonObject properties)
    {
        JsonObject given = properties.Object("parameters") ?? JsonText.NewObject();
        return given.ContainsKey("$schema") && given.Object("parameters") is { } inner ? inner : given;
    }

    private static ArmException Missing(string property) =>
        GatewayErrors.InvalidRequestContent($"Required property '{property}' not found in JSON. Path 'properties'.");
}
