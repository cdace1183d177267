using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Resources;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox.Faults;

/// <summary>The defects that machines get: at once where they exist, at their first start where they are made later.</summary>
internal sealed class GuestFaultList
{
    private readonly List<SandboxGuestFault> _faults = [];

    public IReadOnlyList<SandboxGuestFault> All => _faults;

    /// <summary>Adds a defect and breaks the machines that have it from now on.</summary>
    public void Add(SandboxWorld world, SandboxGuestFault fault)
    {
        _faults.Add(fault);
        foreach (ResourceEntry vm in world.Store.All.Where(VmFacts.IsMachine).ToArray())
        {
            if (Fits(fault, vm) && VmGuest.Break(world, vm.Id, new GuestFault(fault.Kind, fault.Detail))) fault.Hits++;
        }
    }

    /// <summary>Breaks what a machine was made of.</summary>
    public void Strike(ResourceEntry vm, GuestDisk disk)
    {
        foreach (SandboxGuestFault fault in _faults.Where(fault => Fits(fault, vm)))
        {
            disk.Break(new GuestFault(fault.Kind, fault.Detail));
            fault.Hits++;
        }
    }

    /// <summary>Puts machines right that fit a pattern; how many it were.</summary>
    public static int Mend(SandboxWorld world, string pattern) => world.Store.All
        .Where(vm => VmFacts.IsMachine(vm) && Fits(pattern, vm)).ToArray().Count(vm => VmGuest.Mend(world, vm));

    /// <summary>Spares machines made from now on; broken ones stay broken.</summary>
    public void Clear() => _faults.Clear();

    private static bool Fits(SandboxGuestFault fault, ResourceEntry vm) => Fits(fault.Machine, vm);

    private static bool Fits(string pattern, ResourceEntry vm) => FaultPattern.Fits(pattern, vm.Name) || FaultPattern.Fits(pattern, vm.Id);
}
