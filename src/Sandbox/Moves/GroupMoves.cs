using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Deployments;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.ResourceGroups;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Moves;

/// <summary>Moves resources into another group, or only finds out whether they could be.</summary>
internal static class GroupMoves
{
    private const string MoveKind = "ResourceGroups.Move";
    private const string ValidateKind = "ResourceGroups.ValidateMove";
    private const string Moving = "MovingResources";

    // Assumptions; articles tell minutes for a move, and four hours at most.
    private static readonly TimeSpan s_validation = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_move = TimeSpan.FromSeconds(120);

    public static void Register(SandboxRegistry registry, ResourceType groups, string instance)
    {
        registry.Map("POST", instance + "/moveResources", "Resources_MoveResources", groups, Move);
        registry.Map("POST", instance + "/validateMoveResources", "Resources_ValidateMoveResources", groups, Validate);
        registry.Effect(MoveKind, new OperationEffect(Moved) { Failed = static context => Release(context) });
        registry.Effect(ValidateKind, new OperationEffect(static context => Refused(context)));
    }

    /// <summary>Refuses a write in a group out of which, or into which, resources are being moved.</summary>
    /// <exception cref="ArmException">409.</exception>
    public static void CheckStill(ResourceEntry group)
    {
        if (group.ProvisioningState == Moving) throw MoveErrors.GroupIsMoving(group.Name);
    }

    private static ArmResponse Validate(RequestContext context)
    {
        CheckStill(ResourceGroupSubject.Present(context));
        return Begin(context, MoveRequest.Read(context), ValidateKind, s_validation);
    }

    private static ArmResponse Move(RequestContext context)
    {
        ResourceEntry source = ResourceGroupSubject.Present(context);
        CheckStill(source);
        MoveRequest move = MoveRequest.Read(context);
        ArmResponse answer = Begin(context, move, MoveKind, move.Refusal(context.World) is null ? s_move : s_validation);
        source.ProvisioningState = Moving;
        move.Target.ProvisioningState = Moving;
        return answer;
    }

    private static ArmResponse Begin(RequestContext context, MoveRequest move, string kind, TimeSpan duration)
    {
        JsonObject arguments = JsonText.NewObject();
        arguments["source"] = context.Group!.Id;
        arguments["target"] = move.Target.Id;
        arguments["ids"] = new JsonArray([.. move.Resources.Select(entry => (JsonNode)new JsonObject { ["old"] = entry.Id, ["new"] = move.NewId(entry) })]);
        if (move.Refusal(context.World) is { } reason)
        {
            string tracking = context.World.RequestIds.NextGuid($"move|{context.Path}"), correlation = context.World.RequestIds.NextGuid($"move correlation|{context.Path}");
            arguments["refusal"] = MoveErrors.Failed(context.SubscriptionId, tracking, correlation, context.Now, reason).ToJson();
        }

        return GroupJobs.Watch(context, GroupJobs.Begin(context, kind, "RESOURCEMOVEJOB", $"{context.Group.Id}/moveResources", duration, arguments, silent: true));
    }

    private static void Moved(OperationContext context)
    {
        if (Refused(context)) return;
        var ids = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonObject pair in context.Arguments.Items("ids"))
        {
            if (context.World.Store.Find(pair.Text("old")) is { } entry) ids[entry.Id] = pair.Text("new")!;
        }

        new ResourceRenaming(context.World, ids).Apply();
        Release(context);
    }

    private static bool Refused(OperationContext context)
    {
        if (context.Arguments.Object("refusal") is not { } refusal) return false;
        context.Fail(DeploymentErrors.Read(refusal));
        return true;
    }

    private static void Release(OperationContext context)
    {
        foreach (string name in new[] { "source", "target" })
        {
            if (context.World.Store.Find(context.Arguments.Text(name)) is { ProvisioningState: Moving } group) group.ProvisioningState = "Succeeded";
        }
    }
}
