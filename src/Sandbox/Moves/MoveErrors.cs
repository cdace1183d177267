using System.Globalization;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Moves;

/// <summary>Why resources are not moved. Codes and texts of single reasons are those of the article "Azure Virtual Machine Error Messages".</summary>
internal static class MoveErrors
{
    /// <summary>Assumption: that both groups are locked during a move is documented, the answer is not.</summary>
    public static ArmException GroupIsMoving(string name) => GatewayErrors.Gateway(
        409,
        "ResourceGroupBeingMoved",
        $"The resource group '{name}' is in 'MovingResources' state and cannot perform this operation until the resources have been moved.");

    /// <summary>Pasted by users of the portal; the status is an assumption.</summary>
    public static ArmException NotSupported(IEnumerable<string> types) => GatewayErrors.Gateway(
        409, "ResourceMoveNotSupported", $"Resource move is not supported for resource types '{string.Join(",", types)}'.");

    /// <summary>Assumption: no answer of Azure is known.</summary>
    public static ArmException Elsewhere(string id, string group) => GatewayErrors.Gateway(
        400, "InvalidMoveResourcesRequest", $"The resource '{id}' is not in the source resource group '{group}'.");

    /// <summary>Assumption: no answer of Azure is known.</summary>
    public static ArmException SameGroup(string group) => GatewayErrors.Gateway(
        400, "InvalidMoveResourcesRequest", $"The source and the target resource group are the same: '{group}'.");

    /// <summary>Assumption: no answer of Azure is known.</summary>
    public static ArmException NameTaken(IEnumerable<string> ids) => GatewayErrors.Gateway(
        409, "ResourceAlreadyExists", $"The target resource group already has resources of these ids: '{string.Join(",", ids)}'.");

    public static ArmError Pending(IEnumerable<string> ids) => Reason(
        "MoveResourcesHavePendingOperations",
        "The move resources request contains resources for which an operation is pending. Please check details for these resource ids. Retry " +
        "your operation once the pending operations complete.",
        ids);

    public static ArmError MissingDependents(IEnumerable<string> ids) => Reason(
        "MissingMoveDependentResources",
        "The move resources request does not contain all the dependent resources. Please check error details for missing resource ids.",
        ids);

    /// <summary>What the job ends with; the text is pasted by users of the portal and of the Azure CLI.</summary>
    public static ArmError Failed(string subscription, string tracking, string correlation, DateTimeOffset now, ArmError reason) => new(
        "ResourceMoveProviderValidationFailed",
        "Resource move validation failed. Please see details. Diagnostic information: timestamp '" +
        $"{now.UtcDateTime.ToString("yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture)}', subscription id '{subscription}', tracking id " +
        $"'{tracking}', request correlation id '{correlation}'.")
    {
        Details = [reason],
    };

    private static ArmError Reason(string code, string message, IEnumerable<string> ids) =>
        new(code, message) { Details = [.. ids.Select(id => new ArmError(code, id) { Target = id })] };
}
