using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Locks;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.RoleAssignments;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Moves;

/// <summary>Resources of a group that are to go into another one.</summary>
/// <param name="Target">The other group.</param>
/// <param name="Resources">The resources, without what is in them.</param>
internal sealed record MoveRequest(ResourceEntry Target, IReadOnlyList<ResourceEntry> Resources)
{
    // Documented (article "Move operation support for resources"): everything else of ours moves.
    private static readonly string[] s_fixed = ["Microsoft.Compute/galleries", "Microsoft.Compute/restorePointCollections"];

    /// <summary>Reads a request, and refuses what the front end refuses.</summary>
    public static MoveRequest Read(RequestContext context)
    {
        ResourceEntry source = context.Group!, target = FindTarget(context);
        if (ReferenceEquals(source, target)) throw MoveErrors.SameGroup(source.Name);
        string[] ids = [.. (context.Body.Array("resources") ?? []).Select(static id => id?.ToString() ?? string.Empty)];
        if (ids.Length == 0) throw GatewayErrors.InvalidRequestContent("Required property 'resources' not found in JSON. Path ''.");
        ResourceEntry[] resources = [.. ids.Select(id => Find(context, source, id)).Distinct()];
        string[] types = [.. resources.Where(entry => !Moves(context, entry)).Select(static entry => entry.Type).Distinct()];
        if (types.Length > 0) throw MoveErrors.NotSupported(types);
        LockRules.CheckWrite(context.World, target.Id);
        foreach (ResourceEntry resource in resources) LockRules.CheckWrite(context.World, resource.Id);
        var move = new MoveRequest(target, resources);
        string[] taken = [.. resources.Select(move.NewId).Where(id => context.World.Store.Find(id) is not null)];
        return taken.Length == 0 ? move : throw MoveErrors.NameTaken(taken);
    }

    /// <summary>The id that a resource of the source group will have.</summary>
    public string NewId(ResourceEntry resource) => Target.Id + resource.Id.Substring(resource.Id.IndexOf("/providers/", StringComparison.OrdinalIgnoreCase));

    /// <summary>What the providers find out when they are asked; null when they have nothing against it.</summary>
    public ArmError? Refusal(SandboxWorld world)
    {
        string[] busy = [.. Resources.Where(entry => IsBusy(world, entry)).Select(static entry => entry.Id)];
        if (busy.Length > 0) return MoveErrors.Pending(busy);
        // In the same subscription a machine and what it depends on may be in different groups.
        if (string.Equals(Target.SubscriptionId, Resources[0].SubscriptionId, StringComparison.OrdinalIgnoreCase)) return null;
        var moved = new HashSet<string>(Resources.Select(static entry => entry.Id), StringComparer.OrdinalIgnoreCase);
        string[] missing = [.. Resources.SelectMany(Dependents).Where(id => !moved.Contains(id)).Distinct(StringComparer.OrdinalIgnoreCase)];
        return missing.Length > 0 ? MoveErrors.MissingDependents(missing) : null;
    }

    private static ResourceEntry FindTarget(RequestContext context)
    {
        string id = context.Body.Text("targetResourceGroup") ??
            throw GatewayErrors.InvalidRequestContent("Required property 'targetResourceGroup' not found in JSON. Path ''.");
        ResourceEntry target = context.World.Store.Find(id, ResourceStore.GroupType) ??
            throw GatewayErrors.ResourceGroupNotFound(id.Substring(id.LastIndexOf('/') + 1));
        // Documented: this right is needed on the destination.
        const string write = "Microsoft.Resources/subscriptions/resourceGroups/write";
        if (!RoleAccess.Allows(context.World, context.Caller, write, target.Id))
            throw GatewayErrors.AuthorizationFailed(context.Caller.Client, context.Caller.ObjectId, write, target.Id);
        GroupMoves.CheckStill(target);
        return target.ProvisioningState == "Deleting" ? throw GatewayErrors.ResourceGroupBeingDeleted(target.Name) : target;
    }

    private static ResourceEntry Find(RequestContext context, ResourceEntry source, string id)
    {
        if (ResourceId.TryParse(id) is not { Types.Count: 1 } parsed || !ExtensionScope.Holds(source.Id, id)) throw MoveErrors.Elsewhere(id, source.Name);
        return context.World.Store.Find(id) ?? throw GatewayErrors.ResourceNotFound(parsed.TypeAndNames, source.Name);
    }

    private static bool Moves(RequestContext context, ResourceEntry entry) =>
        context.World.Registry.FindType(entry.Type) is { Tracked: true } && !s_fixed.Contains(entry.Type, StringComparer.OrdinalIgnoreCase);

    private static bool IsBusy(SandboxWorld world, ResourceEntry entry) =>
        world.Operations.Pending(entry.Id) is not null || world.Store.Below(entry.Id).Any(child => world.Operations.Pending(child.Id) is not null);

    // A machine goes with its disks and interfaces, and a disk or an interface with its machine.
    private static IEnumerable<string> Dependents(ResourceEntry entry)
    {
        string?[] ids =
        [
            entry.Body.Text("managedBy"), entry.Body.Text("properties.virtualMachine.id"),
            entry.Body.Text("properties.storageProfile.osDisk.managedDisk.id"), entry.Body.Text("properties.availabilitySet.id"),
            .. entry.Type == VmFacts.Type ? entry.Body.Items("properties.storageProfile.dataDisks").Select(static disk => disk.Text("managedDisk.id")) : [],
            .. entry.Type == VmFacts.Type ? VmFacts.NetworkInterfaces(entry) : [],
        ];
        return entry.Type == "Microsoft.Compute/images" ? [] : ids.OfType<string>();
    }
}
