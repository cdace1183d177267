using ImageCmdlets.Sandbox.Disks;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.UnmanagedDisks;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>What becomes of a machine, or of an instance of a scale set, when its power changes.</summary>
internal static class VmTransitions
{
    // Set when Azure was told to switch off; a guest that shut itself down leaves it unset.
    private const string PoweredOffKey = "poweredOff";

    private static readonly TimeSpan s_boot = TimeSpan.FromSeconds(30);

    /// <summary>Whether Azure, not the guest, switched the machine off.</summary>
    public static bool IsPoweredOff(ResourceEntry vm) => VmFacts.PowerState(vm) == VmFacts.Deallocated ||
        (VmFacts.PowerState(vm) == VmFacts.Stopped && vm.State.Flag(PoweredOffKey) == true);

    public static void Start(SandboxWorld world, ResourceEntry vm, DateTimeOffset now)
    {
        vm.State.Remove(PoweredOffKey);
        if (VmFacts.PowerState(vm) != VmFacts.Running) VmGuest.PowerOn(world, vm, now, s_boot);
        ShowDisks(world, vm, allocated: true, now);
        VmNics.Started(world, vm);
        VmChanges.Finish(vm, now);
    }

    public static void PowerOff(SandboxWorld world, ResourceEntry vm, DateTimeOffset now)
    {
        VmGuest.PowerOff(world, vm, now);
        vm.State[PoweredOffKey] = true;
        if (VmFacts.PowerState(vm) == VmFacts.Running) vm.State[VmFacts.PowerStateKey] = VmFacts.Stopped;
        UnmanagedBlobs.Write(world, vm);
        VmChanges.Finish(vm, now);
    }

    public static void Deallocate(SandboxWorld world, ResourceEntry vm, DateTimeOffset now)
    {
        VmGuest.PowerOff(world, vm, now);
        vm.State[PoweredOffKey] = true;
        vm.State[VmFacts.PowerStateKey] = VmFacts.Deallocated;
        UnmanagedBlobs.Write(world, vm);
        ShowDisks(world, vm, allocated: false, now);
        VmNics.Released(world, vm);
        VmChanges.Finish(vm, now);
    }

    public static void Restart(SandboxWorld world, ResourceEntry vm, DateTimeOffset now)
    {
        VmGuest.PowerOn(world, vm, now, s_boot);
        VmChanges.Finish(vm, now);
    }

    /// <summary>The OS disk becomes again what the image holds; data disks stay.</summary>
    public static void Reimage(SandboxWorld world, ResourceEntry vm, DateTimeOffset now)
    {
        VmGuest.Replace(world, vm, VmImageContent.Find(world, vm));
        VmGuest.Install(world, vm, VmCreation.Profile(vm), now, s_boot);
        vm.State[VmFacts.PowerStateKey] = VmFacts.Running;
        vm.State.Remove(PoweredOffKey);
        ShowDisks(world, vm, allocated: true, now);
        VmChanges.Finish(vm, now);
    }

    private static void ShowDisks(SandboxWorld world, ResourceEntry vm, bool allocated, DateTimeOffset now)
    {
        IEnumerable<string?> ids = vm.Body.Items("properties.storageProfile.dataDisks")
            .Select(static d => d.Text("managedDisk.id"))
            .Append(vm.Body.Text("properties.storageProfile.osDisk.managedDisk.id"));
        foreach (ResourceEntry disk in ids.Select(id => world.Store.Find(id)).OfType<ResourceEntry>())
            DiskAttachment.Show(disk, allocated, now);
    }
}
