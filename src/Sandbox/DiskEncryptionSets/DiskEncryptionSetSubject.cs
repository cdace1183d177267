using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.DiskEncryptionSets;

/// <summary>Disk encryption sets: 202 with what was sent, the result as the operation's output, like all of the disk service.</summary>
internal sealed class DiskEncryptionSetSubject : IResourceSubject
{
    private const string PutKind = "DiskEncryptionSets.Put";
    private const string DeleteKind = "DiskEncryptionSets.Delete";

    // 0.1 s recorded for a PUT (azcli test_gallery_e2e); a PATCH and a DELETE are taken to be like those of disks.
    private static readonly OperationProfile s_put = Profile(0.1);
    private static readonly OperationProfile s_patch = Profile(0.2);
    private static readonly OperationProfile s_delete = Profile(0.3);

    /// <inheritdoc />
    public void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(
            ComputeSubject.Namespace, "diskEncryptionSets", ComputeApiVersions.Disks)
        {
            UpperCaseInSubscriptionLists = true,
            // After all disks and snapshots.
            DeletionOrder = 65,
            DeletionTime = s_delete.Duration,
            CheckName = EntityName.Check,
        });
        RateLimitPolicy writes = ComputeRateLimits.DiskEncryptionSets;
        registry.Put(type, "DiskEncryptionSets_CreateOrUpdate", static context => Write(context, s_put), writes);
        registry.Patch(type, "DiskEncryptionSets_Update", static context => Write(context, s_patch), writes);
        registry.Get(type, "DiskEncryptionSets_Get", ComputeRateLimits.GetDisk);
        registry.Delete(type, "DiskEncryptionSets_Delete", Delete, writes);
        registry.ListInGroup(type, "DiskEncryptionSets_ListByResourceGroup", ComputeRateLimits.ListDisks);
        registry.ListInSubscription(type, "DiskEncryptionSets_List", ComputeRateLimits.ListDisks);
        registry.Map(
            "GET",
            "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/" +
            "diskEncryptionSets/{diskEncryptionSetName}/associatedResources",
            "DiskEncryptionSets_ListAssociatedResources",
            type,
            ListUsers,
            ComputeRateLimits.ListDisks,
            needsResource: true);
        registry.Effect(PutKind, new OperationEffect(Written));
        registry.Effect(DeleteKind, new OperationEffect(Deleted));
    }

    private static ArmResponse Write(RequestContext context, OperationProfile profile)
    {
        JsonObject finished = DiskEncryptionSetBodies.After(context);
        ResourceEntry entry = context.Existing ?? new ResourceEntry(
            context.Target!.ToString(), EncryptionSets.Type, finished.Copy());
        entry.ProvisioningState = "Updating";
        if (context.Existing is null) context.World.Store.Put(entry);
        string location = context.Body.Text("location") ?? entry.Location!;
        LongRunningOperation operation = context.Begin(
            PutKind, profile, entry.Id, location, new JsonObject { ["finished"] = finished });
        return context.Accepted(operation, profile, 202, DiskEncryptionSetBodies.Echo(context));
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry set = context.Resource;
        ResourceEntry? user = EncryptionSets.Users(context.World, set.Id).FirstOrDefault();
        if (user is not null) throw EncryptionSetErrors.InUse(set.Name, user.Id);
        context.World.Operations.Preempt(set.Id);
        set.ProvisioningState = "Deleting";
        return context.Accepted(context.Begin(DeleteKind, s_delete, set.Id, set.Location!), s_delete, 202);
    }

    private static ArmResponse ListUsers(RequestContext context) => ArmResponse.Ok(ResourceReads.Page(
        context, [.. EncryptionSets.Users(context.World, context.Resource.Id)], static user => (JsonNode)user.Id));

    private static void Written(OperationContext context)
    {
        JsonObject finished = context.Arguments.Object("finished")!.Copy();
        context.Arguments.Remove("finished");
        if (context.Subject is not { } entry) return;
        entry.Body = finished;
        context.Operation.Output = finished.Copy();
    }

    private static void Deleted(OperationContext context)
    {
        if (context.Subject is { } entry) context.World.Store.Remove(entry.Id);
    }

    private static OperationProfile Profile(double seconds) =>
        new(ComputeSubject.Namespace, "DiskOperations", TimeSpan.FromSeconds(seconds)) { LocationHeader = true };
}
