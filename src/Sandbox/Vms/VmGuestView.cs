using ImageCmdlets.Sandbox.Guest;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>A machine's guest at a moment.</summary>
/// <param name="Machine">The guest, with everything happened that was due.</param>
/// <param name="Runs">The run commands that have not been settled, by id.</param>
internal sealed record VmGuestView(GuestMachine Machine, IReadOnlyDictionary<string, GuestRun> Runs);
