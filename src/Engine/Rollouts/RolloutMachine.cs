namespace ImageCmdlets.Engine.Rollouts;

/// <summary>What a machine of a scale set is to a rollout.</summary>
internal static class RolloutMachine
{
    private const string Healthy = "Healthy";
    private const string Running = "Running";
    private const string Succeeded = "Succeeded";

    /// <summary>Whether it serves nobody although it should. What is switched off or still on its way is neither healthy nor unhealthy, nor is what nobody has said anything of.</summary>
    public static bool IsUnhealthy(ImageScaleSetInstance machine) =>
        machine.ProvisioningState == "Failed" || (IsOn(machine) && machine.ProvisioningState == Succeeded && !IsHealthy(machine, isWatched: false));

    /// <summary>Whether it serves, or is switched off and need not.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="isWatched">Whether Azure has to say that it is healthy; else it is when it has come up.</param>
    public static bool IsSettled(ImageScaleSetInstance machine, bool isWatched) => IsOn(machine) ? IsHealthy(machine, isWatched) : machine.ProvisioningState == Succeeded;

    /// <summary>Whether the part is more than so many percent of the whole; exact, so that one of a thousand is more than none.</summary>
    public static bool IsMore(int part, int whole, int percent) => part * 100 > whole * percent;

    /// <summary>Whether it is switched on, or nothing says that it is not.</summary>
    public static bool IsOn(ImageScaleSetInstance machine) => machine.PowerState is null or Running;

    private static bool IsHealthy(ImageScaleSetInstance machine, bool isWatched) =>
        machine.ProvisioningState == Succeeded && machine.PowerState == Running && (machine.Health == Healthy || (machine.Health is null && !isWatched));
}
