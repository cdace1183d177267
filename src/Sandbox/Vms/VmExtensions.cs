using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Extensions as resources. What they do inside the guest is not modelled: they end Succeeded.</summary>
internal static class VmExtensions
{
    public const string TypeName = "Microsoft.Compute/virtualMachines/extensions";

    private const string PutKind = "VmExtensions.Put";
    private const string DeleteKind = "VmExtensions.Delete";

    /// <summary>Registers type, operations and effects.</summary>
    public static void Register(SandboxRegistry registry)
    {
        ResourceType type = registry.Add(new ResourceType(
            ComputeSubject.Namespace, "virtualMachines/extensions", ComputeApiVersions.Compute)
        {
            DeletionOrder = 10,
        });
        registry.Put(type, "VirtualMachineExtensions_CreateOrUpdate", Put, ComputeRateLimits.UpdateVM);
        registry.Patch(type, "VirtualMachineExtensions_Update", Put, ComputeRateLimits.UpdateVM);
        registry.Get(type, "VirtualMachineExtensions_Get", ComputeRateLimits.GetVM);
        registry.ListInGroup(type, "VirtualMachineExtensions_List", ComputeRateLimits.GetVM);
        registry.Delete(type, "VirtualMachineExtensions_Delete", Delete, ComputeRateLimits.DeleteVM);
        registry.Effect(PutKind, new OperationEffect(static context =>
        {
            if (context.Subject is { } entry) entry.ProvisioningState = "Succeeded";
        }));
        registry.Effect(
            DeleteKind,
            new OperationEffect(static context => context.World.Store.Remove(context.Operation.SubjectId)));
    }

    private static ArmResponse Put(RequestContext context)
    {
        ResourceEntry vm = CheckMachine(context);
        bool created = context.Existing is null;
        JsonObject properties = created ? JsonText.NewObject() : context.Existing!.Properties.Copy();
        foreach (KeyValuePair<string, JsonNode?> sent in context.Body.Object("properties") ?? JsonText.NewObject())
            properties[sent.Key] = sent.Value?.DeepClone();
        // Never given back.
        properties.Remove("protectedSettings");
        if (properties.Text("publisher") is null) throw ComputeErrors.Missing("publisher");
        if (properties.Text("type") is null) throw ComputeErrors.Missing("type");
        properties["autoUpgradeMinorVersion"] ??= false;
        properties["provisioningState"] = created ? "Creating" : "Updating";
        JsonObject body = JsonText.NewObject();
        body["name"] = context.Target!.Name;
        body["id"] = context.Target.ToString();
        body["type"] = TypeName;
        body["location"] = vm.Location;
        if (context.Body["tags"] is JsonObject tags) body["tags"] = tags.DeepClone();
        body["properties"] = properties;
        var entry = new ResourceEntry(context.Target.ToString(), TypeName, body);
        context.World.Store.Put(entry);
        LongRunningOperation operation =
            context.Begin(PutKind, VmProfiles.PutExtension, entry.Id, context.Body.Text("location") ?? vm.Location!);
        return context.Accepted(operation, VmProfiles.PutExtension, created ? 201 : 200, body.Copy());
    }

    private static ArmResponse Delete(RequestContext context)
    {
        ResourceEntry entry = context.Resource;
        CheckMachine(context);
        context.World.Operations.Preempt(entry.Id);
        entry.ProvisioningState = "Deleting";
        LongRunningOperation operation = context.Begin(DeleteKind, VmProfiles.DeleteExtension, entry.Id, entry.Location!);
        return context.Accepted(operation, VmProfiles.DeleteExtension, 202);
    }

    private static ResourceEntry CheckMachine(RequestContext context)
    {
        ResourceEntry vm = context.World.Store.Find(context.Target!.Parent!.ToString(), VmFacts.Type)!;
        return VmFacts.PowerState(vm) == VmFacts.Running ? vm : throw VmErrors.ExtensionsNeedRunning();
    }
}
