using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Marketplace;
using ImageCmdlets.Sandbox.Policies;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Templates;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>
/// What is looked at before a template is deployed: the front end's rules for each resource, and the images that machines ask
/// for. What providers find out only at the PUT shows when the deployment runs.
/// </summary>
internal static class DeploymentPreflight
{
    private const string Machines = "Microsoft.Compute/virtualMachines";

    /// <exception cref="ArmException">The front end's own refusal, or 400 InvalidTemplateDeployment.</exception>
    public static void Check(RequestContext context, DeploymentPlan plan)
    {
        var authority = new Uri(context.Request.Uri.GetLeftPart(UriPartial.Authority));
        var details = new List<ArmError>();
        foreach (PlannedResource resource in plan.Resources)
        {
            JsonObject body = JsonText.NewObject();
            if (resource.Location is not null) body["location"] = resource.Location;
            var request = new InnerRequest(authority, "PUT", resource.Id, resource.ApiVersion, body);
            if (context.World.Dispatcher!.Check(request) is not { } refusal || IsMade(plan, resource, refusal)) continue;
            if (refusal.FromGateway) throw refusal;
            details.Add(refusal.Error);
        }

        ArmError[] forbidden = [.. plan.Resources.Select(resource => Forbidden(context, plan, resource)).OfType<ArmError>()];
        if (forbidden.Length > 0) throw DeploymentErrors.PolicyViolation(forbidden);
        if (MissingImages(plan) is { } images) details.Add(images);
        if (details.Count == 0) return;
        string tracking = context.World.RequestIds.NextGuid($"preflight|{context.Path}");
        throw DeploymentErrors.NotValid(plan.Scope.Place.Deployment, tracking, details);
    }

    // A parent that the same template makes is there in time.
    private static bool IsMade(DeploymentPlan plan, PlannedResource resource, ArmException refusal) =>
        refusal.Error.Code == "ParentResourceNotFound" && plan.Resources.Any(other =>
            resource.Id.StartsWith($"{other.Id}/", StringComparison.OrdinalIgnoreCase));

    // What has no value yet is judged when the resource is deployed.
    private static ArmError? Forbidden(RequestContext context, DeploymentPlan plan, PlannedResource resource)
    {
        if (ResourceId.TryParse(resource.Id) is not { } id || context.World.Registry.FindType(id.TypeName) is not { Tracked: true } type) return null;
        try
        {
            PolicyResource planned = PolicyRules.Resource(id, type, TemplatePlanner.Body(plan.Scope, resource));
            return PolicyRules.Refusal(context.World, planned)?.Error;
        }
        catch (RuntimeOnlyException)
        {
            return null;
        }
    }

    private static ArmError? MissingImages(DeploymentPlan plan)
    {
        string[] missing =
        [
            .. plan.Resources
                .Where(static resource => string.Equals(resource.Type, Machines, StringComparison.OrdinalIgnoreCase))
                .Select(resource => MissingImage(plan, resource))
                .OfType<string>()
                .Distinct(),
        ];
        if (missing.Length == 0) return null;
        return new ArmError(
            "InvalidParameter",
            "The following list of images referenced from the deployment template are not found: " +
            $"{string.Join("; ", missing)}. Please refer to " +
            "https://docs.microsoft.com/en-us/azure/virtual-machines/windows/cli-ps-findimage " +
            "for instructions on finding available images.")
        {
            Target = "imageReference",
        };
    }

    private static string? MissingImage(DeploymentPlan plan, PlannedResource resource)
    {
        JsonObject? image;
        try
        {
            image = TemplatePlanner.Body(plan.Scope, resource).Object("properties.storageProfile.imageReference");
        }
        catch (RuntimeOnlyException)
        {
            return null;
        }

        if (image.Text("publisher") is not { } publisher) return null;
        string? offer = image.Text("offer"), sku = image.Text("sku"), version = image.Text("version");
        return MarketplaceCatalogue.Default.FindImage(publisher, offer, sku, version) is null
            ? $"Publisher: {publisher}, Offer: {offer}, Sku: {sku}, Version: {version}"
            : null;
    }
}
