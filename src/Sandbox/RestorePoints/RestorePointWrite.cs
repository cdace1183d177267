using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.RestorePoints;

/// <summary>Restore points: a machine's settings and, for each of its disks, what was on it.</summary>
internal static class RestorePointWrite
{
    private const string PutKind = "RestorePoints.Put";
    private const string DeleteKind = "RestorePoints.Delete";
    private const string Type = "Microsoft.Compute/restorePointCollections/restorePoints";

    // Documented: the only mode that can be asked for. Without it applications of Windows and file systems of Linux agree.
    private const string CrashConsistent = "CrashConsistent";

    // Recorded medians.
    private static readonly OperationProfile s_put = Action(29.9) with { LocationHeader = false };
    private static readonly OperationProfile s_delete = Action(5.1);

    /// <summary>Registers type, operations and effects.</summary>
    public static void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(
            ComputeSubject.Namespace, "restorePointCollections/restorePoints", ComputeApiVersions.Compute)
        {
            NeedsLocation = false,
            Capabilities = "None",
            DeletionOrder = 5,
            CheckName = EntityName.Check,
            View = Show,
        });
        registry.Put(type, "RestorePoints_Create", Put, ComputeRateLimits.PutVM);
        registry.Get(type, "RestorePoints_Get", ComputeRateLimits.GetVM);
        registry.Delete(type, "RestorePoints_Delete", Delete, ComputeRateLimits.DeleteVM);
        registry.Effect(PutKind, new OperationEffect(static context =>
        {
            if (context.Subject is { } point) point.ProvisioningState = "Succeeded";
        }));
        registry.Effect(DeleteKind, new OperationEffect(static c => c.World.Store.Remove(c.Operation.SubjectId)));
    }

    /// <summary>How operations here are announced.</summary>
    public static OperationProfile Action(double seconds) =>
        new(ComputeSubject.Namespace, "operations", TimeSpan.FromSeconds(seconds)) { LocationHeader = true, Notifies = true };

    private static ArmResponse Put(RequestContext context)
    {
        // The text is an assumption: a point cannot be changed, and the operation knows no other status than 201.
        if (context.Existing is not null) throw ComputeErrors.NotAllowed("A restore point cannot be updated after it is created.");
        ResourceEntry collection = context.World.Store.Find(context.Target!.Parent!.ToString())!;
        ResourceEntry vm = context.World.Store.Find(collection.Body.Text("properties.source.id"), VmFacts.Type)
            ?? throw ComputeErrors.NotFound($"The VM '{collection.Body.Text("properties.source.id")}' cannot be found.");
        string mode = context.Body.Text("properties.consistencyMode") ??
            (vm.Body.Text("properties.storageProfile.osDisk.osType") == "Windows" ? "ApplicationConsistent" : "FileSystemConsistent");
        if (context.Body.Text("properties.consistencyMode") is not (null or CrashConsistent)) throw ComputeErrors.Invalid("consistencyMode");
        VmRules.CheckFree(context, vm, "Create Restore Point");

        var point = new ResourceEntry(context.Target.ToString(), Type, JsonText.NewObject());
        JsonObject properties = JsonText.NewObject();
        if (context.Body.At("properties.excludeDisks") is { } excluded) properties["excludeDisks"] = excluded.DeepClone();
        properties["sourceMetadata"] = Metadata(context, vm, point);
        properties["provisioningState"] = "Creating";
        properties["consistencyMode"] = mode;
        properties["timeCreated"] = ArmTime.Format(context.Now);
        point.Body["name"] = context.Target.Name;
        point.Body["id"] = point.Id;
        point.Body["type"] = Type;
        point.Body["properties"] = properties;
        context.World.Store.Put(point);
        LongRunningOperation operation = context.Begin(PutKind, s_put, point.Id, collection.Location!);
        return context.Accepted(operation, s_put, 201, point.Body.Copy());
    }

    private static JsonObject Metadata(RequestContext context, ResourceEntry vm, ResourceEntry point)
    {
        JsonObject storage = JsonText.NewObject();
        string[] excluded = [.. context.Body.Items("properties.excludeDisks").Select(static d => d.Text("id") ?? string.Empty)];
        storage["osDisk"] = Disk(context.World, vm.Body.Object("properties.storageProfile.osDisk")!, point, excluded);
        storage["dataDisks"] = new JsonArray([.. vm.Body.Items("properties.storageProfile.dataDisks")
            .Select(d => (JsonNode)Disk(context.World, d, point, excluded))]);
        JsonObject metadata = JsonText.NewObject();
        metadata["vmId"] = vm.Body.Text("properties.vmId");
        metadata["hardwareProfile"] = vm.Properties["hardwareProfile"]?.DeepClone();
        metadata["storageProfile"] = storage;
        foreach (string name in new[] { "osProfile", "diagnosticsProfile", "licenseType", "securityProfile" })
        {
            if (vm.Properties[name] is { } value) metadata[name] = value.DeepClone();
        }

        metadata["location"] = vm.Location;
        metadata["hyperVGeneration"] = vm.State.Text("generation") ?? "V1";
        return metadata;
    }

    private static JsonObject Disk(SandboxWorld world, JsonObject disk, ResourceEntry point, string[] excluded)
    {
        JsonObject shown = disk.Copy();
        foreach (string name in new[] { "createOption", "deleteOption", "toBeDetached", "vhd" }) shown.Remove(name);
        string? id = disk.Text("managedDisk.id");
        if (excluded.Contains(id, StringComparer.OrdinalIgnoreCase) || world.Store.Find(id) is not { } entry) return shown;
        shown["diskRestorePoint"] = new JsonObject { ["id"] = DiskRestorePoints.Keep(world, point, entry) };
        return shown;
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry point = context.Resource;
        ResourceEntry collection = context.World.Store.Find(context.Target!.Parent!.ToString())!;
        point.ProvisioningState = "Deleting";
        LongRunningOperation operation = context.Begin(DeleteKind, s_delete, point.Id, collection.Location!);
        return context.Accepted(operation, s_delete, 202);
    }

    private static JsonObject Show(RequestContext context, ResourceEntry point)
    {
        JsonObject body = point.Body.Copy();
        if (!VmViews.Expands(context, "instanceView")) return body;
        JsonObject? storage = point.Body.Object("properties.sourceMetadata.storageProfile");
        IEnumerable<string> ids = storage.Items("dataDisks").Append(storage.Object("osDisk")!)
            .Select(static d => d.Text("diskRestorePoint.id")).OfType<string>();
        body.Object("properties")!["instanceView"] = new JsonObject
        {
            ["diskRestorePoints"] = new JsonArray([.. ids.Select(static id => (JsonNode)new JsonObject
            {
                ["id"] = id,
                ["replicationStatus"] = new JsonObject { ["completionPercent"] = 100 },
            })]),
            ["statuses"] = new JsonArray(VmInstanceView.Provisioning(point)),
        };
        return body;
    }
}
