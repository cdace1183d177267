using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Templates;

namespace ImageCmdlets.Sandbox.Deployments;

/// <summary>PUT and validation of a deployment, and the operation that carries it out.</summary>
internal static class DeploymentPut
{
    private const string Kind = "Deployments.Run";

    // Of the recordings of August 2024.
    private const string EngineVersion = "1.95.0";

    private static readonly Regex s_name = new(@"^[-\w.()]{1,64}$", RegexOptions.CultureInvariant);

    // The deployment tells itself when it is over.
    private static readonly OperationProfile s_profile = new("Microsoft.Resources", "operationStatuses", TimeSpan.Zero);

    public static void Register(SandboxRegistry registry) =>
        registry.Effect(Kind, new OperationEffect(Run) { Failed = Failed });

    public static ArmResponse Put(RequestContext context)
    {
        string name = Name(context);
        if (context.Existing is { } present && context.World.Operations.Pending(present.Id) is { } active)
            throw DeploymentErrors.Active(present.Name, active.Start);
        DeploymentPlan plan = DeploymentPlan.Read(context, name);
        DeploymentPreflight.Check(context, plan);

        ResourceEntry entry = Store(context, plan);
        context.Begin(Kind, s_profile, entry.Id, context.Group!.Location!);
        string address = $"{context.Request.Uri.GetLeftPart(UriPartial.Path)}/operationStatuses/" +
                         $"{entry.State.Text("operationId")}?api-version={context.ApiVersion}";
        ArmResponse answer = ArmResponse.Gateway(context.Existing is null ? 201 : 200, entry.Body.Copy());
        if (context.ApiVersion != DeploymentBodies.FirstVersion) answer = answer.With("Azure-AsyncOperation", address);
        return answer
            .With("x-ms-deployment-engine-version", EngineVersion);
    }

    public static ArmResponse Validate(RequestContext context)
    {
        DeploymentPlan plan = DeploymentPlan.Read(context, Name(context));
        DeploymentPreflight.Check(context, plan);
        string correlation = context.World.RequestIds.NextGuid($"validation|{context.Path}");
        JsonObject body = DeploymentBodies.Make(DeploymentSubject.IdOf(context), plan, correlation, context.Now);
        // Nothing has been made, so nothing has a name: only properties (specification, DeploymentValidateResult).
        JsonNode properties = body["properties"]!.DeepClone();
        properties["provisioningState"] = "Succeeded";
        properties["validatedResources"] = DeploymentBodies.Ids(plan.Resources.Select(static resource => resource.Id));
        return ArmResponse.Gateway(200, new JsonObject { ["properties"] = properties });
    }

    /// <summary>POST cancel: what runs goes on, nothing more is started.</summary>
    public static ArmResponse Cancel(RequestContext context)
    {
        ResourceEntry entry = DeploymentSubject.Present(context);
        var deployment = new DeploymentState(context.World, entry);
        if (deployment.IsOver) throw DeploymentErrors.NotCancellable(entry.Name, entry.ProvisioningState!);
        deployment.Become("Canceled", context.Now);
        context.World.Operations.Preempt(entry.Id);
        return ArmResponse.Gateway(204);
    }

    private static string Name(RequestContext context)
    {
        string name = context.Route["deploymentName"];
        return s_name.IsMatch(name) ? name : throw DeploymentErrors.InvalidName(name);
    }

    private static ResourceEntry Store(RequestContext context, DeploymentPlan plan)
    {
        SandboxWorld world = context.World;
        string id = DeploymentSubject.IdOf(context);
        JsonObject body = DeploymentBodies.Make(id, plan, world.Ids.NextGuid($"correlation|{id}"), context.Now);
        var entry = new ResourceEntry(id, DeploymentSubject.TypeName, body);
        entry.State["start"] = ArmTime.Format(context.Now);
        entry.State["authority"] = context.Request.Uri.GetLeftPart(UriPartial.Authority);
        entry.State["operationId"] = OperationId(world, context.Now);
        entry.State["template"] = plan.Scope.Template.DeepClone();
        entry.State["exported"] = plan.Scope.Template.DeepClone();
        entry.State["parameters"] = plan.Scope.Parameters.DeepClone();
        var deployment = new DeploymentState(world, entry);
        var ids = new HashSet<string>(plan.Resources.Select(static resource => resource.Id), StringComparer.OrdinalIgnoreCase);
        foreach (PlannedResource resource in plan.Resources)
            deployment.Add(DeploymentStep.Of(world, resource, resource.DependsOn.Where(ids.Contains)));
        world.Store.Put(entry);
        return entry;
    }

    // Azure counts down from the end of time, so that newer operations sort first.
    private static string OperationId(SandboxWorld world, DateTimeOffset now)
    {
        long number = long.MaxValue - now.UtcTicks;
        IEnumerable<ResourceEntry> others = world.Store.OfType(DeploymentSubject.TypeName);
        var taken = new HashSet<string?>(others.Select(static other => other.State.Text("operationId")));
        while (taken.Contains(Format(number))) number--;
        return Format(number);
    }

    private static string Format(long number) => number.ToString("D20", CultureInfo.InvariantCulture);

    private static void Run(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        var deployment = new DeploymentState(context.World, entry);
        if (new DeploymentProgress(context.World, deployment).Advance() is { } next)
            context.GoOn(next);
        else if (entry.Properties.Object("error") is { } error)
            context.Fail(DeploymentErrors.Read(error));
    }

    // Made to fail by a fault, or over already: cancelled, or failed by its own account.
    private static void Failed(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        var deployment = new DeploymentState(context.World, entry);
        if (!deployment.IsOver) new DeploymentEnd(context.World, deployment).Fail([context.Operation.Error!.Copy()]);
    }
}
