using ImageCmdlets.Engine.Arm;
using ImageCmdlets.Engine.Vms;

namespace ImageCmdlets.Engine.Fleets;

/// <summary>A machine that Azure is making.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Answer">Azure's acceptance, which leads to the reason when it fails.</param>
/// <param name="Attempt">The how manieth time, from one.</param>
internal sealed record FleetStart(FleetMachine Machine, ArmAnswer Answer, int Attempt)
{
    /// <summary>How often it was not in the list: Azure's lists can be a little behind what it has just accepted.</summary>
    public int Missed { get; set; }

    /// <summary>Whether the machine itself is ready, so that only its extensions are waited for.</summary>
    public bool IsReady { get; set; }

    /// <summary>How far its extensions are.</summary>
    public VMExtensionInstallation Extensions { get; } = new(Machine.Plan);
}
