using ImageCmdlets.Sandbox.Http;
using ImageCmdlets.Sandbox.Routing;
using ImageCmdlets.Sandbox.ScaleSets;

namespace ImageCmdlets.Sandbox.Vms;

/// <summary>Maintenance by the customer: Azure offers it only while it plans its own, and the sandbox plans none.</summary>
internal static class VmMaintenance
{
    /// <summary>The recorded refusal.</summary>
    public static ArmResponse Refuse(RequestContext context) =>
        throw ScaleSetErrors.MaintenanceNotEligible(context.Resource.Name);
}
