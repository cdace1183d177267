using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>One machine of a fleet.</summary>
/// <param name="Plan">What it is to be.</param>
/// <param name="Zones">The zones of its region that it may be in, when its own has no room.</param>
/// <param name="IsBroken">Whether a machine is there that Azure has given up, to be removed first.</param>
internal sealed record FleetMachine(VMPlan Plan, IReadOnlyList<string> Zones, bool IsBroken);
