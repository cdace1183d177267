using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.ResourceGroups;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>Template deployments of resource groups.</summary>
internal sealed class DeploymentSubject : IResourceSubject
{
    public const string TypeName = "Microsoft.Resources/deployments";

    private const string Collection =
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Resources/deployments";

    private const string Instance = Collection + "/{deploymentName}";

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(
            new ResourceType("Microsoft.Resources", "deployments", ResourceGroupSubject.ApiVersions)
            {
                Tracked = false,
                NeedsLocation = false,
                DeletionTime = TimeSpan.Zero,
            });
        registry.Map("PUT", Instance, "Deployments_CreateOrUpdate", type, DeploymentPut.Put);
        registry.Map("GET", Instance, "Deployments_Get", type, static c => ArmResponse.Gateway(200, DeploymentBodies.Show(c, Present(c))));
        registry.Map("HEAD", Instance, "Deployments_CheckExistence", type, Head);
        registry.Map("DELETE", Instance, "Deployments_Delete", type, Delete);
        registry.Map("GET", Collection, "Deployments_ListByResourceGroup", type, List);
        registry.Map("POST", Instance + "/validate", "Deployments_Validate", type, DeploymentPut.Validate);
        registry.Map("POST", Instance + "/cancel", "Deployments_Cancel", type, DeploymentPut.Cancel);
        registry.Map("POST", Instance + "/exportTemplate", "Deployments_ExportTemplate", type, Export);
        const string one = "/{operationId}";
        registry.Map("GET", Instance + "/operationStatuses" + one, "Deployments_Status", type, DeploymentOperations.Status);
        registry.Map("GET", Instance + "/operations", "DeploymentOperations_List", type, DeploymentOperations.List);
        registry.Map("GET", Instance + "/operations" + one, "DeploymentOperations_Get", type, DeploymentOperations.Get);
        DeploymentWhatIf.Register(registry, type, Instance);
        DeploymentPut.Register(registry);
    }

    /// <summary>Id of the deployment that a path names.</summary>
    public static string IdOf(RequestContext context) =>
        $"{context.Group!.Id}/providers/{TypeName}/{context.Route["deploymentName"]}";

    /// <summary>The deployment that a path names, or 404.</summary>
    public static ResourceEntry Present(RequestContext context) =>
        context.World.Store.Find(IdOf(context)) ?? throw DeploymentErrors.NotFound(context.Route["deploymentName"]);

    // The template as it came, without the values of its parameters.
    private static ArmResponse Export(RequestContext context) =>
        ArmResponse.Gateway(200, new JsonObject { ["template"] = Present(context).State["exported"]?.DeepClone() });

    private static ArmResponse Head(RequestContext context) =>
        ArmResponse.Gateway(context.World.Store.Find(IdOf(context)) is null ? 404 : 204);

    private static ArmResponse List(RequestContext context)
    {
        var page = ListPage.Of(context, takesTop: true);
        IEnumerable<ResourceEntry> entries = context.World.Store.OfTypeAfter(page.After, TypeName, context.SubscriptionId, context.Group!.Name);
        return ArmResponse.Gateway(200, page.Fill(entries, static entry => entry.Body.Copy()));
    }

    // The record goes, not what was deployed. Azure answers 202 and takes some seconds; here the record is gone at once.
    private static ArmResponse Delete(RequestContext context)
    {
        if (context.World.Store.Find(IdOf(context)) is not { } entry) return ArmResponse.Gateway(204);
        if (context.World.Operations.Pending(entry.Id) is { } active) throw DeploymentErrors.Active(entry.Name, active.Start);
        context.World.Store.Remove(entry.Id);
        return ArmResponse.Gateway(204);
    }
}
