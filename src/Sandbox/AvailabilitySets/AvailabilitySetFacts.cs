using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.AvailabilitySets;

/// <summary>What machines and availability sets know of each other.</summary>
internal static class AvailabilitySetFacts
{
    public const string Type = "Microsoft.Compute/availabilitySets";

    private const string Path = "properties.availabilitySet.id";

    /// <summary>The machines of a set.</summary>
    public static IEnumerable<ResourceEntry> Machines(SandboxWorld world, string setId) =>
        world.Store.OfType(VmFacts.Type).Where(vm => Same(vm.Body.Text(Path), setId));

    /// <summary>Refuses the set that a machine's body names, where the machine cannot be in it.</summary>
    /// <exception cref="ArmException">
    /// 404 NotFound: not there, or elsewhere; 409 OperationNotAllowed: managed disks in a classic set; 400: zones as well.
    /// </exception>
    public static void Check(RequestContext context, bool managedDisks)
    {
        if (context.Body.Text(Path) is not { } id) return;
        LinkedResource.Parse(context, id, Path);
        ResourceEntry? set = context.World.Store.Find(id, Type);
        if (set is null || set.Location != context.Location) throw AvailabilitySetErrors.NotFound(id);
        if (context.Body.Array("zones") is { Count: > 0 }) throw AvailabilitySetErrors.WithZones();
        if (managedDisks != Same(set.Body.Text("sku.name"), "Aligned")) throw AvailabilitySetErrors.NotAligned();
    }

    /// <summary>Where a machine stands in its set: update domain and fault domain by the order of the set's machines.</summary>
    /// <returns>The two members of an instance view; null for a machine without a set.</returns>
    public static (int UpdateDomain, int FaultDomain)? Place(SandboxWorld world, ResourceEntry vm)
    {
        if (world.Store.Find(vm.Body.Text(Path), Type) is not { } set) return null;
        int place = Machines(world, set.Id).TakeWhile(other => !Same(other.Id, vm.Id)).Count();
        int updates = (int)(set.Properties.Number("platformUpdateDomainCount") ?? 1);
        int faults = (int)(set.Properties.Number("platformFaultDomainCount") ?? 1);
        return (place % updates, place % faults);
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
