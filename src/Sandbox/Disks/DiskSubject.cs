using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>Managed disks.</summary>
internal sealed class DiskSubject : IResourceSubject
{
    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        DiskKind kind = DiskKind.Disk;
        ResourceType type = registry.Add(new ResourceType(ComputeSubject.Namespace, "disks", ComputeApiVersions.Disks)
        {
            UpperCaseInSubscriptionLists = true,
            DeletionOrder = 60,
            DeletionTime = kind.Delete.Duration,
            CheckName = EntityName.Check,
            View = View,
        });
        RateLimitPolicy writes = ComputeRateLimits.CreateUpdateDisks, access = ComputeRateLimits.HydrateDisk;
        registry.Put(type, "Disks_CreateOrUpdate", context => DiskLifecycle.Put(context, kind), writes);
        registry.Patch(type, "Disks_Update", context => DiskLifecycle.Update(context, kind), writes);
        registry.Get(type, "Disks_Get", ComputeRateLimits.GetDisk);
        registry.Delete(type, "Disks_Delete", context => DiskLifecycle.Delete(context, kind), ComputeRateLimits.DeleteDisks);
        registry.ListInGroup(type, "Disks_ListByResourceGroup", ComputeRateLimits.ListDisks);
        registry.ListInSubscription(type, "Disks_List", ComputeRateLimits.ListDisks);
        registry.Action(type, "beginGetAccess", "Disks_GrantAccess", context => DiskAccess.Begin(context, kind), access);
        registry.Action(type, "endGetAccess", "Disks_RevokeAccess", context => DiskAccess.End(context, kind), access);
        DiskLifecycle.Register(registry, kind);
        DiskAccess.Register(registry, kind);
    }

    private static JsonObject View(RequestContext context, ResourceEntry entry)
    {
        JsonObject body = entry.Body.Copy();
        DiskAccess.Show(entry, body);
        DiskAttachment.ShowOwnership(entry, body, context.ApiVersion);
        // Azure often upper-cases the group in ids of other resources; here always, so that a client that compares by case fails.
        if (DiskAttachment.MachineId(entry) is { } vm) body["managedBy"] = ResourceId.UpperCaseGroup(vm);
        return body;
    }
}
