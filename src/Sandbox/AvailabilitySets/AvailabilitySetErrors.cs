using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.AvailabilitySets;

/// <summary>Refusals about availability sets.</summary>
internal static class AvailabilitySetErrors
{
    /// <summary>Recorded (AvailabilitySetTests of the .NET SDK, 2018).</summary>
    public static ArmException FaultDomains(long asked, int most) => ComputeErrors.InvalidParameter(
        $"The specified fault domain count {asked} must fall in the range 1 to {most}.", "platformFaultDomainCount");

    /// <summary>After the recorded text of fault domains: an assumption.</summary>
    public static ArmException UpdateDomains(long asked, int most) => ComputeErrors.InvalidParameter(
        $"The specified update domain count {asked} must fall in the range 1 to {most}.", "platformUpdateDomainCount");

    public static ArmException NotFound(string id) => ComputeErrors.NotFound($"The Availability Set {id} cannot be found.");

    /// <summary>Text pasted by users (fog-azure-rm#302).</summary>
    public static ArmException NotAligned() => ComputeErrors.NotAllowed(
        "Addition of a VM with managed disks to non-managed Availability Set or addition of a VM with blob based disks to " +
        "managed Availability Set is not supported. Please create an Availability Set with 'Aligned' SKU in order to add a VM " +
        "with managed disks to it.");

    /// <summary>The text is an assumption; that the two exclude each other is documented.</summary>
    public static ArmException WithZones() => ComputeErrors.Refuse(
        400,
        "BadRequest",
        "Virtual Machine cannot be created because both Availability Zone and Availability Set were specified. Deploying an " +
        "Availability Set to an Availability Zone isn’t supported.",
        null);

    /// <summary>The text is an assumption.</summary>
    public static ArmException NotEmpty(string set) => ComputeErrors.NotAllowed(
        $"Availability Set '{set}' cannot be deleted. Before deleting an Availability Set please ensure that it does not " +
        "contain any VM.");
}
