using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Tags;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>PATCH, and PUT of a machine that is there: tags, size, disks, interfaces, settings.</summary>
internal static class VmUpdate
{
    private const string Kind = "Vms.Update";

    // What a machine was made of cannot be changed afterwards. Path in the body, and the property as Azure names it.
    private static readonly (string Path, string Property)[] s_fixed =
    [
        ("properties.storageProfile.imageReference.id", "imageReference"),
        ("properties.storageProfile.imageReference.publisher", "imageReference"),
        ("properties.storageProfile.imageReference.offer", "imageReference"),
        ("properties.storageProfile.imageReference.sku", "imageReference"),
        ("properties.storageProfile.imageReference.version", "imageReference"),
        ("properties.osProfile.computerName", "osProfile.computerName"),
        ("properties.osProfile.adminUsername", "osProfile.adminUsername"),
    ];

    /// <summary>Registers what the operation does when it ends.</summary>
    public static void Register(SandboxRegistry registry) => registry.Effect(Kind, new OperationEffect(Updated)
    {
        Failed = static context =>
        {
            if (context.Subject is { } vm) VmChanges.Fail(vm, context);
        },
    });

    public static ArmResponse Update(RequestContext context)
    {
        ResourceEntry vm = context.Resource;
        TagRules.Check(context.Body.Object("tags"));
        VmDetaching.Check(context, vm);
        VmRules.CheckFree(context, vm, "Update VM");
        VmFacts.CheckChangeable(vm);
        CheckFixed(context, vm);
        VmSize size = Size(context, vm);
        VmDiskSwap? swap = VmDiskSwap.Plan(context, vm);
        JsonObject[] present = [.. vm.Body.Items("properties.storageProfile.dataDisks")];
        bool asked = context.Body.At("properties.storageProfile.dataDisks") is not null;
        IReadOnlyList<VmDisk>? data = asked ? new VmDisks(context, size, vm.Location!).Data(null, present) : null;
        if (context.Body.Object("properties.networkProfile") is not null) VmNics.Check(context, size, vm.Location!);
        VmDisk[] gone = data is null ? [] : Detached(present, data);

        if (data is not null) VmDisks.Make(context.World, data, vm, context.Now);
        string[] nics = [.. VmFacts.NetworkInterfaces(vm)];
        vm.Body = VmBodies.Updated(context, vm, size, data is null ? null : data.Concat(gone).OrderBy(static d => d.Shown.Number("lun")));
        swap?.Make(context.World, context.Now);
        if (context.Body.Object("properties.networkProfile") is not null) VmNics.Attach(context.World, vm, nics);
        if (context.Body.Text("properties.userData") is { } user) vm.State["userData"] = user;
        VmChanges.Begin(vm, "Updating");
        string location = context.Body.Text("location") ?? vm.Location!;
        LongRunningOperation operation = context.Begin(Kind, VmProfiles.Update, vm.Id, location);
        return context.Accepted(operation, VmProfiles.Update, 200, VmViews.Show(context, vm));
    }

    private static void CheckFixed(RequestContext context, ResourceEntry vm)
    {
        foreach ((string path, string property) in s_fixed)
        {
            string? sent = context.Body.Text(path);
            if (sent is not null && !Same(sent, vm.Body.Text(path))) throw ComputeErrors.PropertyChange(property);
        }
    }

    private static VmSize Size(RequestContext context, ResourceEntry vm)
    {
        string present = vm.Body.Text("properties.hardwareProfile.vmSize")!;
        string asked = context.Body.Text("properties.hardwareProfile.vmSize") ?? present;
        if (string.Equals(asked, present, StringComparison.OrdinalIgnoreCase)) return VmSizeCatalogue.Find(present)!;
        VmSize size = VmRules.Size(context, asked, vm.Location!);
        VmRules.CheckFit(size, vm.State.Text("generation") ?? "V1", vm.State.Text("architecture") ?? "x64");
        return size;
    }

    /// <summary>Disks that are there and not asked for any more: shown once more, marked (recorded: test_vm_custom_image#61).</summary>
    public static VmDisk[] Detached(JsonObject[] present, IReadOnlyList<VmDisk> data) => [.. present
        .Where(p => data.All(d => !Same(Place(d.Shown), Place(p))))
        .Select(static p =>
        {
            JsonObject marked = p.Copy();
            marked["toBeDetached"] = true;
            return new VmDisk(marked);
        })];

    private static void Updated(OperationContext context)
    {
        if (context.Subject is { } vm) Settle(context.World, vm, context.Now);
    }

    /// <summary>Drops the disks that were marked; the change is done.</summary>
    public static void Settle(SandboxWorld world, ResourceEntry vm, DateTimeOffset now)
    {
        JsonArray disks = vm.Body.Array("properties.storageProfile.dataDisks")!;
        foreach (JsonObject disk in disks.OfType<JsonObject>().Where(static d => d.Flag("toBeDetached") == true).ToArray())
        {
            disks.Remove(disk);
            if (world.Store.Find(disk.Text("managedDisk.id")) is { } entry) DiskAttachment.Detach(entry, now);
        }

        VmChanges.Finish(vm, now);
    }

    private static string? Place(JsonObject disk) => disk.Text("managedDisk.id") ?? disk.Text("vhd.uri");

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
