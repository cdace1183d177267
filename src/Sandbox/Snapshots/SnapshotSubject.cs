using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Snapshots;

/// <summary>Snapshots, full and incremental, and their copies across regions.</summary>
internal sealed class SnapshotSubject : IResourceSubject
{
    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        DiskKind kind = DiskKind.Snapshot;
        ResourceType type = registry.Add(new ResourceType(ComputeSubject.Namespace, "snapshots", ComputeApiVersions.Disks)
        {
            UpperCaseInSubscriptionLists = true,
            DeletionOrder = 60,
            DeletionTime = kind.Delete.Duration,
            CheckName = EntityName.Check,
            View = View,
            Removed = static (world, entry) => SnapshotCopy.SourceGone(world, entry, world.Now),
        });
        RateLimitPolicy hydrate = ComputeRateLimits.CreateSnapshot;
        registry.Put(type, "Snapshots_CreateOrUpdate", context => DiskLifecycle.Put(context, kind), hydrate);
        registry.Patch(
            type, "Snapshots_Update", context => DiskLifecycle.Update(context, kind), ComputeRateLimits.CreateUpdateDisks);
        registry.Get(type, "Snapshots_Get", ComputeRateLimits.GetDisk);
        registry.Delete(
            type, "Snapshots_Delete", context => DiskLifecycle.Delete(context, kind), ComputeRateLimits.DeleteDisks);
        registry.ListInGroup(type, "Snapshots_ListByResourceGroup", ComputeRateLimits.ListDisks);
        registry.ListInSubscription(type, "Snapshots_List", ComputeRateLimits.ListDisks);
        registry.Action(type, "beginGetAccess", "Snapshots_GrantAccess", context => DiskAccess.Begin(context, kind), hydrate);
        registry.Action(type, "endGetAccess", "Snapshots_RevokeAccess", context => DiskAccess.End(context, kind), hydrate);
        DiskLifecycle.Register(registry, kind);
        DiskAccess.Register(registry, kind);
    }

    private static JsonObject View(RequestContext context, ResourceEntry entry)
    {
        JsonObject body = entry.Body.Copy();
        DiskAccess.Show(entry, body);
        SnapshotCopy.Show(entry, body, context.Now);
        return body;
    }
}
