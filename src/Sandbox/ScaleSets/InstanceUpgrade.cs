using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>Brings an instance to its set's model: a new image sets its OS disk up anew, a new size restarts it.</summary>
internal static class InstanceUpgrade
{
    // Medians of the recordings: manualupgrade, and reimage of a set.
    private static readonly TimeSpan s_settings = TimeSpan.FromSeconds(45.2);
    private static readonly TimeSpan s_image = TimeSpan.FromSeconds(236);

    /// <summary>Applies the model. Whether the instance comes up with it shows later.</summary>
    /// <returns>How long that takes.</returns>
    public static TimeSpan Apply(SandboxWorld world, ResourceEntry set, ResourceEntry instance, DateTimeOffset now)
    {
        bool image = HasOtherImage(set, instance);
        bool size = instance.Body.Text("sku.name") != set.Body.Text("sku.name");
        bool running = VmFacts.PowerState(instance) == VmFacts.Running;
        instance.Body.Ensure("sku")["name"] = set.Body.Text("sku.name");
        if (set.Body["tags"] is { } tags) instance.Body["tags"] = tags.DeepClone();
        InstanceSettings.Apply(set, instance.Body);
        foreach (string key in new[] { "generation", "architecture", "customData", "userData", ScaleSetFacts.ModelKey })
        {
            instance.State.Remove(key);
            if (set.State[key] is { } value) instance.State[key] = value.DeepClone();
        }

        instance.Properties["modelDefinitionApplied"] = "VirtualMachineScaleSet";
        if (image)
        {
            instance.Properties.Ensure("storageProfile")["imageReference"] = set.State.Object(ScaleSetFacts.ReferenceKey)!.DeepClone();
            string power = VmFacts.PowerState(instance);
            VmTransitions.Reimage(world, instance, now);
            // What was off stays off; it sets itself up when it is started.
            if (power == VmFacts.Deallocated) VmTransitions.Deallocate(world, instance, now);
            InstanceExtensions.Match(world, set, instance, fresh: true);
            return Waits(instance, now);
        }
        else if (size && running)
        {
            VmTransitions.Restart(world, instance, now);
        }
        else
        {
            VmChanges.Finish(instance, now);
        }

        InstanceExtensions.Match(world, set, instance, fresh: false);
        return s_settings;
    }

    // An image that was never generalized never reports that it is set up.
    private static TimeSpan Waits(ResourceEntry instance, DateTimeOffset now)
    {
        GuestMachine machine = VmGuest.At(instance, now).Machine;
        if (!machine.IsRunning || machine.Disk.IsGeneralized) return s_image;
        return machine.Disk.IsWindows ? VmProfiles.WindowsProvisioning : VmProfiles.LinuxProvisioning;
    }

    private static bool HasOtherImage(ResourceEntry set, ResourceEntry instance) => !JsonNode.DeepEquals(
        Plain(set.State.Object(ScaleSetFacts.ReferenceKey)),
        Plain(instance.Body.Object("properties.storageProfile.imageReference")));

    // "latest" and the version that it meant are the same image.
    private static JsonObject Plain(JsonObject? reference)
    {
        JsonObject plain = reference?.Copy() ?? JsonText.NewObject();
        plain.Remove("version");
        return plain;
    }
}
