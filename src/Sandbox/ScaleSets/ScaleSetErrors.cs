using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.ScaleSets;

/// <summary>Refusals about scale sets.</summary>
internal static class ScaleSetErrors
{
    /// <summary>Text of the article "Troubleshoot shared image galleries"; code and status are assumptions.</summary>
    public static ArmException SpecializedImage(string set) => ComputeErrors.InvalidParameter(
        $"Cannot update Virtual Machine Scale Set {set} as the current OS state of the VM Scale Set is Generalized which is " +
        "different from the updated gallery image OS state which is Specialized.",
        "imageReference");

    /// <summary>Recorded 2017.</summary>
    public static ArmException NoHealthProbe() => ComputeErrors.Refuse(
        400,
        "BadRequest",
        "Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because a health probe was not provided.",
        null);

    /// <summary>Pasted by users (terraform-azurerm-vmseries-modules, module vmss).</summary>
    public static ArmException ProbeWithoutLoadBalancing(string set, string probe, string configuration) => ComputeErrors.Refuse(
        400,
        "CannotUseHealthProbeWithoutLoadBalancing",
        $"VM scale set {set} cannot use probe {probe} as a HealthProbe because primary IP configuration {configuration} of the " +
        "scale set does not use load balancing. LoadBalancerBackendAddressPools property of the IP configuration must reference " +
        "backend address pool of the load balancer that contains the probe.",
        null);

    /// <summary>The article "Troubleshoot Azure Load Balancer error codes" has the code; the text is an assumption.</summary>
    public static ArmException InactiveProbe(string set, string probe) => ComputeErrors.Refuse(
        400,
        "CannotUseInactiveHealthProbe",
        $"VM scale set {set} cannot use probe {probe} as a HealthProbe because load balancing rules that send traffic to this " +
        "scale set are not using this probe.",
        null);

    /// <summary>Pasted by users (azure-cli#25476, onefuzz#2547).</summary>
    public static ArmException NotActive(string instanceId) => ComputeErrors.InvalidParameter(
        $"The provided instanceId {instanceId} is not an active Virtual Machine Scale Set VM instanceId.", "instanceIds");

    /// <summary>Recorded.</summary>
    public static ArmException StarWithOthers(string target) => ComputeErrors.InvalidParameter(
        "If \"*\" is an element in the instanceIds list then it must be the only element of the list.", target);

    /// <summary>Recorded 2023 for <c>ManualUpgrade</c> of a flexible set.</summary>
    public static ArmException NotForFlexible(string operation, string set) => ComputeErrors.NotAllowed(
        $"Operation 'VirtualMachineScaleSets.{operation}' is not allowed on Virtual Machine Scale Set '{set}'.");

    /// <summary>Pasted by users (OMS-Agent-for-Linux#1475).</summary>
    public static ArmException NoInstanceViewOfFlexible(string set) => ComputeErrors.Refuse(
        400,
        "BadRequest",
        $"Operation 'VirtualMachineScaleSets.virtualMachines.GET' is not allowed on Virtual Machine Scale Set '{set}'.",
        null);

    /// <summary>Pasted by users (azure-docs#89791, #92371).</summary>
    public static ArmException ImageType() =>
        ComputeErrors.NotAllowed("The Image type for a Virtual Machine Scale Set may not be changed.");

    /// <summary>Recorded.</summary>
    public static ArmException NoOngoingUpgrade() =>
        ComputeErrors.NotAllowed("There is no ongoing Rolling Upgrade to cancel.");

    /// <summary>Recorded.</summary>
    public static ArmException OsUpgradeNeedsRolling() => ComputeErrors.NotAllowed(
        "The OS Rolling Upgrade API cannot be used on a VM Scale Set unless the VM Scale Set has upgradePolicy.mode set to " +
        "Rolling.");

    /// <summary>Recorded.</summary>
    public static ArmException OsUpgradeNeedsLatest() => ComputeErrors.NotAllowed(
        "The OS Rolling Upgrade API cannot be used on a VM Scale Set unless the VM Scale Set has some instances which have " +
        "imageReference.version set to latest.");

    /// <summary>Recorded.</summary>
    public static ArmException MaintenanceNotEligible(string machine) => ComputeErrors.NotAllowed(
        $"Operation 'performMaintenance' is not allowed on VM '{machine}' since the Subscription of this VM is not eligible.");

    /// <summary>After the text of availability sets: an assumption.</summary>
    public static ArmException SetNotFound(string id) =>
        ComputeErrors.NotFound($"The Virtual Machine Scale Set {id} cannot be found.");

    /// <summary>The text is an assumption.</summary>
    public static ArmException UniformTakesNoMachines(string set) => ComputeErrors.NotAllowed(
        $"Virtual machines cannot be added to Virtual Machine Scale Set '{set}' because its orchestration mode is Uniform.");

    /// <summary>Recorded as what a GET of an entity says that ARM knows and its provider does not.</summary>
    public static ArmException EntityNotFound() =>
        ComputeErrors.NotFound("The entity was not found in this Azure location.");

    /// <summary>Documented limits; the text is that of other values out of range.</summary>
    public static ArmException Capacity(long asked, long most) =>
        ComputeErrors.OutOfRange("sku.capacity", asked, 0, most);

    /// <summary>Pasted by users (opencb#987).</summary>
    public static ArmError Unhealthy(bool before, int percent, long limit) => new(
        before ? "MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade" : "MaxUnhealthyInstancePercentExceededInRollingUpgrade",
        "Rolling Upgrade failed after exceeding the MaxUnhealthyInstancePercent value defined in the RollingUpgradePolicy. " +
        $"{percent}% of instances are in an unhealthy state - more than the threshold of {limit}%. To apply upgrades, consider " +
        "increasing the MaxUnhealthyInstancePercent value.");

    /// <summary>Pasted by users (AzureTRE#1591), with its two full stops.</summary>
    public static ArmError UnhealthyUpgraded(int percent, long limit, string firstFailed) => new(
        "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade",
        "Rolling Upgrade failed after exceeding the MaxUnhealthyUpgradedInstancePercent value defined in the " +
        $"RollingUpgradePolicy. {percent}% of instances are in an unhealthy state after being upgraded - more than the " +
        $"threshold of {limit}%. The most impactful error is: Instance found to be unhealthy or unreachable.. First failed " +
        $"instance ID is: {firstFailed}.");
}
