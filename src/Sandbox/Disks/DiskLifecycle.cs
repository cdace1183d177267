using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.DiskEncryptionSets;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Snapshots;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.Disks;

/// <summary>PUT, PATCH and DELETE of disks and snapshots: always 202, the result as the operation's output.</summary>
internal static class DiskLifecycle
{
    /// <summary>Registers what the operations of a kind do when they end.</summary>
    public static void Register(SandboxRegistry registry, DiskKind kind)
    {
        registry.Effect(kind.Operation("Put"), new OperationEffect(Written));
        registry.Effect(kind.Operation("Delete"), new OperationEffect(Deleted) { Failed = static context => Restore(context) });
    }

    public static ArmResponse Put(RequestContext context, DiskKind kind) =>
        context.Existing is null ? Create(context, kind) : Update(context, kind);

    /// <summary>PATCH, and PUT of what exists.</summary>
    public static ArmResponse Update(RequestContext context, DiskKind kind)
    {
        ResourceEntry entry = context.Resource;
        TagRules.Check(context.Body.Object("tags"));
        DiskRules.CheckKinds(context.Body);
        string sku = DiskRules.Sku(context, kind);
        DiskRules.CheckUpdate(context, entry);
        JsonObject? encryption = EncryptionSets.Read(context);
        JsonObject finished = DiskBodies.Updated(context, kind, entry, sku);
        if (encryption is not null) finished["properties"]!["encryption"] = encryption.DeepClone();
        JsonObject echo = DiskBodies.Echo(context, entry);
        entry.ProvisioningState = "Updating";
        OperationProfile profile = context.Request.Method == "PUT" ? kind.Put : kind.Patch;
        return Begin(context, kind, profile, entry, finished, echo);
    }

    public static ArmResponse Delete(RequestContext context, DiskKind kind)
    {
        ResourceEntry entry = context.Resource;
        if (DiskAttachment.MachineId(entry) is { } vm) throw DiskErrors.Attached(entry.Name, vm);
        if (DiskAccess.IsOpen(entry, context.Now)) throw DiskErrors.ActiveAccess(entry.Name);
        context.World.Operations.Preempt(entry.Id);
        JsonObject arguments = JsonText.NewObject();
        arguments["state"] = entry.ProvisioningState;
        LongRunningOperation operation =
            context.Begin(kind.Operation("Delete"), kind.Delete, entry.Id, entry.Location!, arguments);
        entry.ProvisioningState = "Deleting";
        return context.Accepted(operation, kind.Delete, 202);
    }

    private static ArmResponse Create(RequestContext context, DiskKind kind)
    {
        TagRules.Check(context.Body.Object("tags"));
        DiskRules.CheckKinds(context.Body);
        string sku = DiskRules.Sku(context, kind);
        DiskSource source = DiskSources.Resolve(context, kind);
        long size = DiskRules.Size(context, source);
        var disk = new DiskSpecification(kind, context.Target!, context.Location, source)
        {
            Sku = sku,
            SizeGB = size,
            SizeBytes = size == source.SizeGB && source.SizeBytes > 0 ? source.SizeBytes : null,
            CreationData = context.Body.Object("properties.creationData")!,
            Settings = Settings(context),
            Tags = context.Body.Object("tags"),
            Zones = context.Body.Array("zones"),
        };
        string id = disk.Id.ToString();
        JsonObject finished = DiskBodies.Finished(disk, context.World.Ids.NextGuid($"disk|{id}"), context.Now);
        if (kind.IsSnapshot) SnapshotCopy.Mark(context, finished);
        JsonObject unfinished = finished.Copy();
        unfinished["properties"]!["provisioningState"] = "Updating";
        var entry = new ResourceEntry(id, kind.Type, unfinished, source.Content.Copy());
        JsonObject echo = DiskBodies.Echo(context, entry);
        context.World.Store.Put(entry);
        OperationProfile profile = SnapshotCopy.IsCopyStart(finished) ? SnapshotCopy.Profile : kind.Put;
        return Begin(context, kind, profile, entry, finished, echo);
    }

    // What the client has chosen, with the encryption as its set makes it.
    private static JsonObject Settings(RequestContext context)
    {
        JsonObject settings = context.Body.Object("properties")!.Copy();
        if (EncryptionSets.Read(context) is { } encryption) settings["encryption"] = encryption.DeepClone();
        return settings;
    }

    private static ArmResponse Begin(
        RequestContext context,
        DiskKind kind,
        OperationProfile profile,
        ResourceEntry entry,
        JsonObject finished,
        JsonObject echo)
    {
        JsonObject arguments = JsonText.NewObject();
        arguments["finished"] = finished;
        string location = context.Body.Text("location") ?? entry.Location!;
        LongRunningOperation operation = context.Begin(kind.Operation("Put"), profile, entry.Id, location, arguments);
        return context.Accepted(operation, profile, 202, echo);
    }

    private static void Written(OperationContext context)
    {
        JsonObject finished = context.Arguments.Object("finished")!.Copy();
        context.Arguments.Remove("finished");
        if (context.Subject is not { } entry) return;
        // The tie to a machine may have changed meanwhile; it is not the write's to set.
        if (DiskAttachment.MachineId(entry) is { } vm)
        {
            finished["managedBy"] = vm;
            finished["properties"]!["diskState"] = entry.Body.At("properties.diskState")?.DeepClone();
        }

        entry.Body = finished;
        SnapshotCopy.Start(context, entry);
        context.Operation.Output = entry.Body.Copy();
    }

    private static void Deleted(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        SnapshotCopy.SourceGone(context.World, entry, context.Now);
        context.World.Store.Remove(entry.Id);
    }

    private static void Restore(OperationContext context)
    {
        if (context.Subject is { } entry) entry.ProvisioningState = context.Arguments.Text("state");
    }
}
