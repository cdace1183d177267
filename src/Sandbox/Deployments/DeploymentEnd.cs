using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Templates;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>How a deployment ends.</summary>
internal sealed class DeploymentEnd(SandboxWorld world, DeploymentState deployment)
{
    /// <summary>Ends a deployment: Succeeded with its outputs, or Failed with its resources' errors.</summary>
    /// <param name="reference">Reads a resource for an output.</param>
    public void Finish(Func<string, string?, bool, JsonNode?> reference)
    {
        JsonObject[] errors = [.. deployment.Steps.Select(static step => step.Error).OfType<JsonObject>()];
        if (errors.Length > 0)
        {
            Fail(errors);
            return;
        }

        TemplateScope scope = deployment.Scope! with { Reference = reference };
        JsonObject outputs = JsonText.NewObject();
        foreach (KeyValuePair<string, JsonNode?> output in scope.Template.Object("outputs") ?? [])
        {
            if (Output(scope, output.Key, output.Value, outputs) is not { } problem) continue;
            Fail([problem]);
            return;
        }

        JsonObject properties = deployment.Entry.Properties;
        properties["outputs"] = outputs;
        properties["outputResources"] = DeploymentBodies.Ids(
            deployment.Steps.Where(static step => step.Kind == DeploymentStep.Create).Select(static step => step.Id));
        deployment.Become("Succeeded", world.Now);
    }

    /// <summary>Ends a deployment Failed.</summary>
    public void Fail(IEnumerable<JsonObject> errors)
    {
        deployment.Entry.Properties["error"] = DeploymentErrors.Failed(deployment.Entry.Id, errors);
        deployment.Become("Failed", world.Now);
    }

    // VMSS is answered as vmss (recorded twice), as serializers make names camel case: capitals at the start go, save for one
    // before a small letter.
    private static string Camel(string name)
    {
        int capitals = name.TakeWhile(char.IsUpper).Count();
        int lowered = capitals > 1 && capitals < name.Length && char.IsLower(name[capitals]) ? capitals - 1 : capitals;
        return name.Substring(0, lowered).ToLowerInvariant() + name.Substring(lowered);
    }

    private static JsonObject? Output(TemplateScope scope, string name, JsonNode? output, JsonObject outputs)
    {
        try
        {
            var evaluator = new TemplateEvaluator(scope);
            bool wanted = output?["condition"] is not { } condition ||
                TemplateValues.Flag("condition", evaluator.Resolve(condition));
            if (wanted)
            {
                JsonNode? value = output.Object("copy") is { } copy ? evaluator.Repeat(copy) : evaluator.Resolve(output?["value"]);
                outputs[Camel(name)] = TemplateParameters.Show(TemplateParameters.TypeOf(output), value);
            }

            return null;
        }
        catch (TemplateException problem)
        {
            return DeploymentErrors.Outputs(name, problem.Message);
        }
        catch (ArmException refusal)
        {
            return DeploymentErrors.Outputs(name, refusal.Error.Message);
        }
    }
}
