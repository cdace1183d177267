using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Templates;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>
/// Takes a deployment from event to event: at each it looks which resources are done, starts those that waited for them
/// through the providers' own PUTs, and says when there will be something to look at again.
/// </summary>
internal sealed class DeploymentProgress(SandboxWorld world, DeploymentState deployment)
{
    private const int MaximumRetries = 5;

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(10);

    /// <summary>Goes on until everything that is left has to be waited for.</summary>
    /// <returns>When to go on; null when the deployment is over.</returns>
    public DateTimeOffset? Advance()
    {
        if (deployment.IsOver) return null;
        if (deployment.Entry.ProvisioningState == "Accepted") deployment.Become("Running", world.Now);
        foreach (DeploymentStep step in deployment.Steps.Where(static step => step.State == "Running")) Look(step);
        while (deployment.Steps.Find(IsReady) is { } ready) Start(ready);
        DateTimeOffset[] events = [.. deployment.Steps.Select(Event).OfType<DateTimeOffset>()];
        if (events.Length > 0) return events.Min();
        bool failed = deployment.Steps.Exists(static step => step.State == "Failed");
        if (!failed && deployment.IsComplete && CompleteMode.AddDeletions(world, deployment)) return Advance();
        new DeploymentEnd(world, deployment).Finish(Reference);
        return null;
    }

    private bool IsReady(DeploymentStep step) =>
        step.State is null && IsFree(step) && (step.RetryAt is not { } retry || retry <= world.Now);

    private bool IsFree(DeploymentStep step) => step.DependsOn.All(id => deployment.Steps
        .Where(other => Same(other.Id, id))
        .All(static other => other.State == "Succeeded"));

    // What a step is waited for; null when it is done, or will never start because another failed.
    private DateTimeOffset? Event(DeploymentStep step) => step.State switch
    {
        "Running" => world.Operations.Find(step.Operation!)?.End,
        null when step.RetryAt is { } retry && IsFree(step) => retry,
        _ => null,
    };

    private void Look(DeploymentStep step)
    {
        LongRunningOperation? operation = world.Operations.Find(step.Operation!);
        if (operation?.Status == OperationStatus.InProgress) return;
        step.State = operation?.Status == OperationStatus.Failed ? "Failed" : "Succeeded";
        step.End = operation?.End ?? world.Now;
        if (step.State == "Failed")
            step.Error = DeploymentErrors.ResourceFailed(step.Id, operation!.Error ?? JsonText.NewObject());
    }

    private void Start(DeploymentStep step)
    {
        step.Start ??= world.Now;
        step.RetryAt = null;
        try
        {
            Read(step, world.Dispatcher!.Call(Request(step)));
        }
        catch (TemplateException problem)
        {
            Fail(step, HttpStatusCode.BadRequest, DeploymentErrors.Expression(step.Id, problem.Message));
        }
        catch (ArmException refusal)
        {
            Fail(step, (HttpStatusCode)refusal.Status, refusal.Error.ToJson());
        }
    }

    private InnerRequest Request(DeploymentStep step)
    {
        if (step.Kind == DeploymentStep.Delete) return new InnerRequest(deployment.Authority, "DELETE", step.Id, step.ApiVersion);
        TemplateScope scope = deployment.Scope! with { Reference = Reference };
        JsonObject body = TemplatePlanner.Body(scope, step.ToPlanned());
        return new InnerRequest(deployment.Authority, "PUT", step.Id, step.ApiVersion, body);
    }

    private void Read(DeploymentStep step, InnerAnswer answer)
    {
        int status = answer.Response.Status;
        step.StatusCode = ((HttpStatusCode)status).ToString();
        if (status is 429 or >= 500 && step.Retries < MaximumRetries)
        {
            step.Retries++;
            step.RetryAt = world.Now + (RetryAfter(answer.Response) ?? s_retry);
        }
        else if (status >= 400)
        {
            Fail(step, (HttpStatusCode)status, answer.Response.Body.Object("error")?.Copy() ?? JsonText.NewObject());
        }
        else if (answer.Started is { } started)
        {
            step.State = "Running";
            step.Operation = started.Id;
        }
        else
        {
            step.State = "Succeeded";
            step.End = world.Now;
        }
    }

    private void Fail(DeploymentStep step, HttpStatusCode status, JsonObject error)
    {
        step.State = "Failed";
        step.End = world.Now;
        step.StatusCode = status.ToString();
        step.Error = error;
    }

    // reference(): a resource by id, or one of the template by name, as a GET shows it.
    private JsonNode? Reference(string nameOrId, string? version, bool full)
    {
        DeploymentStep? step = deployment.Steps.Find(
            candidate => Same(candidate.Id, nameOrId) || Same(candidate.Name, nameOrId));
        string id = step?.Id ?? nameOrId;
        if (version is null && step is null)
        {
            throw new TemplateException(
                $"The template reference '{nameOrId}' is not valid: could not find template resource or resource copy with " +
                "this name. Please see https://aka.ms/arm-function-reference for usage details.");
        }

        var request = new InnerRequest(deployment.Authority, "GET", id, version ?? step!.ApiVersion);
        ArmResponse response = world.Dispatcher!.Call(request).Response;
        if (response.Status >= 400)
            throw new ArmException(response.Status, DeploymentErrors.Read(response.Body!["error"]!));
        return (full ? response.Body : response.Body?["properties"])?.DeepClone();
    }

    private static TimeSpan? RetryAfter(ArmResponse response)
    {
        string? seconds = response.Headers.Find(static header => Same(header.Key, "Retry-After")).Value;
        return int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? TimeSpan.FromSeconds(number)
            : null;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
