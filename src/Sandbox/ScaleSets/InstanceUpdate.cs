using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>PUT of an instance: its protection, its own data disks, its user data. It cannot make one.</summary>
internal static class InstanceUpdate
{
    private const string Kind = "ScaleSetInstances.Put";

    /// <summary>Registers what the operation does when it ends.</summary>
    public static void Register(SandboxRegistry registry) => registry.Effect(Kind, new OperationEffect(static context =>
    {
        if (context.Subject is { } instance) VmUpdate.Settle(context.World, instance, context.Now);
    })
    {
        Failed = static context =>
        {
            if (context.Subject is { } instance) VmChanges.Fail(instance, context);
        },
    });

    public static ArmResponse Put(RequestContext context)
    {
        ResourceEntry instance = context.Existing ?? throw ScaleSetErrors.NotActive(context.Target!.Name);
        VmDetaching.Check(context, instance);
        VmRules.CheckFree(context, instance, "Update VM");
        JsonObject[] present = [.. instance.Body.Items("properties.storageProfile.dataDisks")];
        VmDisk[]? disks = null;
        if (context.Body.At("properties.storageProfile.dataDisks") is not null)
        {
            VmSize size = VmSizeCatalogue.Find(instance.Body.Text("sku.name"))!;
            JsonObject body = context.Body.Copy();
            body["location"] = instance.Location;
            var planned = new VmDisks(context.For(context.Target!, body), size, instance.Location!, instance.Name);
            IReadOnlyList<VmDisk> data = planned.Data(null, present);
            disks = [.. data, .. VmUpdate.Detached(present, data)];
        }

        if (disks is not null)
        {
            VmDisks.Make(context.World, disks, instance, context.Now);
            instance.Properties.Ensure("storageProfile")["dataDisks"] =
                new JsonArray([.. disks.Select(static d => (JsonNode)d.Shown)]);
            instance.Properties["modelDefinitionApplied"] = "VirtualMachine";
        }

        if (context.Body.At("properties.protectionPolicy") is { } protection)
            instance.Properties["protectionPolicy"] = protection.DeepClone();
        if (context.Body["tags"] is { } tags) instance.Body["tags"] = tags.DeepClone();
        if (context.Body.Text("properties.userData") is { } user) instance.State["userData"] = user;
        VmChanges.Begin(instance, "Updating");
        OperationProfile profile = ScaleSetProfiles.UpdateInstance;
        LongRunningOperation operation = context.Begin(Kind, profile, instance.Id, instance.Location!);
        return context.Accepted(operation, profile, 200, InstanceViews.Show(context, instance));
    }
}
