using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Operations;
using ImageCmdlets.Sandbox.RateLimits;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>
/// Extensions of machines and of instances of scale sets. Custom scripts run in the guest; what others do there is not modelled,
/// they end Succeeded.
/// </summary>
internal static class VmExtensions
{
    public const string TypeName = "Microsoft.Compute/virtualMachines/extensions";

    private const string PutKind = "VmExtensions.Put";
    private const string DeleteKind = "VmExtensions.Delete";

    private static readonly TimeSpan s_report = TimeSpan.FromSeconds(10);

    /// <summary>Registers types, operations and effects.</summary>
    public static void Register(SandboxRegistry registry)
    {
        Register(registry, "virtualMachines/extensions", "VirtualMachineExtensions", needsLocation: true);
        Register(
            registry,
            "virtualMachineScaleSets/virtualMachines/extensions",
            "VirtualMachineScaleSetVMExtensions",
            needsLocation: false);
        registry.Effect(PutKind, new OperationEffect(Written));
        registry.Effect(
            DeleteKind,
            new OperationEffect(static context => context.World.Store.Remove(context.Operation.SubjectId)));
    }

    private static void Register(SandboxRegistry registry, string name, string group, bool needsLocation)
    {
        ResourceType type = registry.Add(new ResourceType(ComputeSubject.Namespace, name, ComputeApiVersions.Compute)
        {
            DeletionOrder = 10,
            NeedsLocation = needsLocation,
            View = VmExtensionViews.Show,
        });
        registry.Put(type, $"{group}_CreateOrUpdate", Put, ComputeRateLimits.UpdateVM);
        registry.Patch(type, $"{group}_Update", Put, ComputeRateLimits.UpdateVM);
        registry.Get(type, $"{group}_Get", ComputeRateLimits.GetVM);
        registry.ListInGroup(type, $"{group}_List", ComputeRateLimits.GetVM);
        registry.Delete(type, $"{group}_Delete", Delete, ComputeRateLimits.DeleteVM);
    }

    private static ArmResponse Put(RequestContext context)
    {
        ResourceEntry vm = CheckMachine(context);
        bool created = context.Existing is null;
        JsonObject properties = created ? JsonText.NewObject() : context.Existing!.Properties.Copy();
        foreach (KeyValuePair<string, JsonNode?> sent in context.Body.Object("properties") ?? JsonText.NewObject())
            properties[sent.Key] = sent.Value?.DeepClone();
        string? script = VmExtensionScript.Find(properties, properties.Object("protectedSettings"));
        // Never given back.
        foreach (string name in new[] { "protectedSettings", "instanceView" }) properties.Remove(name);
        if (properties.Text("publisher") is null) throw ComputeErrors.Missing("publisher");
        if (properties.Text("type") is null) throw ComputeErrors.Missing("type");
        properties["autoUpgradeMinorVersion"] ??= false;
        properties["provisioningState"] = created ? "Creating" : "Updating";
        JsonObject body = JsonText.NewObject();
        body["name"] = context.Target!.Name;
        body["id"] = context.Target.ToString();
        body["type"] = context.Operation.Type.FullName;
        body["location"] = vm.Location;
        if (context.Body["tags"] is JsonObject tags) body["tags"] = tags.DeepClone();
        body["properties"] = properties;
        var entry = new ResourceEntry(context.Target.ToString(), context.Operation.Type.FullName, body);
        context.World.Store.Put(entry);
        OperationProfile profile = VmProfiles.PutExtension;
        if (script is not null) profile = Run(context.World, vm, entry, script, profile);
        LongRunningOperation operation =
            context.Begin(PutKind, profile, entry.Id, context.Body.Text("location") ?? vm.Location!);
        return context.Accepted(operation, profile, created ? 201 : 200, body.Copy());
    }

    // The operation ends when the script has answered, or is given up.
    private static OperationProfile Run(
        SandboxWorld world, ResourceEntry vm, ResourceEntry entry, string script, OperationProfile profile)
    {
        DateTimeOffset? end = VmExtensionScript.Submit(world, vm, entry, script);
        TimeSpan taken = end is { } time ? time - world.Now + s_report : VmProfiles.RunCommandLimit;
        return taken > profile.Duration ? profile with { Duration = taken } : profile;
    }

    private static void Written(OperationContext context)
    {
        if (context.Subject is not { } entry) return;
        entry.ProvisioningState = "Succeeded";
        bool suppressed = entry.Body.Flag("properties.suppressFailures") == true;
        if (VmExtensionViews.Machine(context.World, entry) is not { } vm || suppressed) return;
        if (VmExtensionViews.Failure(vm, entry) is { } failure) context.Fail(failure);
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
        ResourceEntry vm = context.World.Store.Find(context.Target!.Parent!.ToString())!;
        return VmFacts.PowerState(vm) == VmFacts.Running ? vm : throw VmErrors.ExtensionsNeedRunning();
    }
}
