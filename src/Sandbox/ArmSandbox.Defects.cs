using ImageCmdlets.Sandbox.Blobs;
using ImageCmdlets.Sandbox.Faults;
using ImageCmdlets.Sandbox.Guest;
using ImageCmdlets.Sandbox.Json;
using ImageCmdlets.Sandbox.Vms;

namespace ImageCmdlets.Sandbox;

/// <content>What goes wrong on demand: in answers, in machines, on disks.</content>
public sealed partial class ArmSandbox
{
    /// <summary>What goes wrong, in the order in which it was added. The first fault that fits a request hits it.</summary>
    public IList<SandboxFault> Faults => _faults;

    /// <summary>Defects that machines get.</summary>
    public IReadOnlyList<SandboxGuestFault> GuestFaults
    {
        get
        {
            lock (_gate) return [.. _world.GuestFaults.All];
        }
    }

    /// <summary>Adds a fault.</summary>
    public void AddFault(SandboxFault fault) => _faults.Add(fault ?? throw new ArgumentNullException(nameof(fault)));

    /// <summary>Adds a defect of machines: those that fit are broken now, later ones when they first start.</summary>
    public void AddGuestFault(SandboxGuestFault fault)
    {
        if (fault is null) throw new ArgumentNullException(nameof(fault));
        lock (_gate)
        {
            _world.Operations.Settle();
            _world.GuestFaults.Add(_world, fault);
            Save();
        }
    }

    /// <summary>Takes all faults away; machines that are broken stay so.</summary>
    public void ClearFaults()
    {
        lock (_gate)
        {
            _faults.Clear();
            _world.GuestFaults.Clear();
        }
    }

    /// <summary>
    /// Breaks what is installed on a machine, or on a disk that no machine has. The defect travels with every copy of the disk.
    /// </summary>
    /// <param name="resourceId">Id of the machine or disk.</param>
    /// <param name="fault">Name of a <see cref="GuestFaultKind"/>.</param>
    /// <param name="detail">What the fault needs to know: a package's full name, a number of seconds.</param>
    /// <exception cref="ArgumentException">No machine or disk with a guest has that id, or there is no such fault.</exception>
    public void BreakGuest(string resourceId, string fault, string? detail = null)
    {
        if (!Enum.TryParse(fault, ignoreCase: true, out GuestFaultKind kind))
            throw new ArgumentException($"There is no fault '{fault}'.", nameof(fault));
        lock (_gate)
        {
            _world.Operations.Settle();
            if (!VmGuest.Break(_world, resourceId, new GuestFault(kind, detail)))
                throw new ArgumentException($"'{resourceId}' is no machine or disk with an operating system.", nameof(resourceId));
            Save();
        }
    }

    /// <summary>
    /// Puts right what is broken in guests, with what a failed sysprep has left, as their administrators would. Machines made later
    /// are not concerned; an agent that died comes back with a restart.
    /// </summary>
    /// <param name="machine">Pattern of the machine's name or id; it knows <c>*</c> and <c>?</c>.</param>
    /// <returns>How many machines it was.</returns>
    public int MendGuests(string machine)
    {
        lock (_gate)
        {
            _world.Operations.Settle();
            int mended = GuestFaultList.Mend(_world, machine);
            Save();
            return mended;
        }
    }

    /// <summary>
    /// Writes on a disk, as a guest or a forensic tool would. Snapshots and images that were made before keep what they had.
    /// </summary>
    /// <param name="diskId">Id of a disk or snapshot.</param>
    /// <param name="offset">Place on the disk.</param>
    /// <param name="bytes">What is written there.</param>
    /// <exception cref="ArgumentException">There is no such disk, or the bytes do not fit on it.</exception>
    public void WriteDisk(string diskId, long offset, byte[] bytes)
    {
        if (bytes is null) throw new ArgumentNullException(nameof(bytes));
        lock (_gate)
        {
            _world.Operations.Settle();
            if (_world.Store.Find(diskId) is not { } disk || disk.Body.Number("properties.diskSizeBytes") is not { } size)
                throw new ArgumentException($"'{diskId}' is no disk.", nameof(diskId));
            if (offset < 0 || offset + bytes.Length > size) throw new ArgumentException("The bytes do not fit on the disk.", nameof(offset));
            DiskBytes.Write(_world, disk, offset, bytes);
            Save();
        }
    }
}
