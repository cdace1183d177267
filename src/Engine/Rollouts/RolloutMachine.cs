namespace ImageCmdlets.Engine.Rollouts;

/// <summary>What a machine of a scale set is to a rollout.</summary>
internal static class RolloutMachine
{
    private const string Healthy = "Healthy";
    private const string Running = "Running";
    private const string Succeeded = "Succeeded";

    /// <summary>Whether it serves nobody although it should. What is switched off is neither healthy nor unhealthy, and what nobody watches is healthy when it came up.</summary>
    public static bool IsUnhealthy(ImageScaleSetInstance machine) =>
        machine.ProvisioningState == "Failed" || (IsOn(machine) && !IsHealthy(machine));

    /// <summary>Whether it serves, or is switched off and need not.</summary>
    public static bool IsSettled(ImageScaleSetInstance machine) => IsOn(machine) ? IsHealthy(machine) : machine.ProvisioningState == Succeeded;

    /// <summary>Whether the part is more than so many percent of the whole; exact, so that one of a thousand is more than none.</summary>
    public static bool IsMore(int part, int whole, int percent) => part * 100 > whole * percent;

    /// <summary>Whether it is switched on, or nothing says that it is not.</summary>
    public static bool IsOn(ImageScaleSetInstance machine) => machine.PowerState is null or Running;

    private static bool IsHealthy(ImageScaleSetInstance machine) =>
        machine.ProvisioningState == Succeeded && machine.PowerState == Running && machine.Health is null or Healthy;
}
