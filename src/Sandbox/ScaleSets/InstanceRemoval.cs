using System.Text.Json.Nodes;
using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>Takes instances away.</summary>
internal static class InstanceRemoval
{
    /// <summary>Begins the end of instances: they are off, and shown as going.</summary>
    public static void Begin(SandboxWorld world, IEnumerable<ResourceEntry> instances)
    {
        foreach (ResourceEntry instance in instances)
        {
            world.Operations.Preempt(instance.Id);
            VmGuest.PowerOff(world, instance, world.Now);
            VmChanges.Begin(instance, "Deleting");
        }
    }

    /// <summary>Removes an instance with what belongs to it.</summary>
    public static void Remove(SandboxWorld world, ResourceEntry instance)
    {
        Release(world, instance);
        world.Store.Remove(instance.Id);
    }

    /// <summary>
    /// Removes what belongs to an instance. The disks of a uniform set go with it, save for those that somebody attached; a
    /// flexible set's machine goes like any machine.
    /// </summary>
    public static void Release(SandboxWorld world, ResourceEntry instance)
    {
        if (!VmFacts.IsInstance(instance))
        {
            VmDeletion.Release(world, instance);
            return;
        }

        IEnumerable<JsonObject> disks = instance.Body.Items("properties.storageProfile.dataDisks");
        if (instance.Body.Object("properties.storageProfile.osDisk") is { } system) disks = disks.Append(system);
        foreach (JsonObject disk in disks)
        {
            if (world.Store.Find(disk.Text("managedDisk.id")) is not { } entry) continue;
            bool keep = disk.Text("createOption") == "Attach" || disk.Text("deleteOption") == "Detach";
            if (keep)
                DiskAttachment.Detach(entry, world.Now);
            else
                world.Store.Remove(entry.Id);
        }

        foreach (ResourceEntry child in world.Store.Below(instance.Id).ToArray()) world.Store.Remove(child.Id);
    }
}
