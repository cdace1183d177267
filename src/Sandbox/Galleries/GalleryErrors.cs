using ImageCmdlets.Sandbox.Compute;
using ImageCmdlets.Sandbox.Errors;

namespace ImageCmdlets.Sandbox.Galleries;

/// <summary>
/// Refusals of galleries and what all their types share. Texts are those of the article "Troubleshoot shared image
/// galleries"; codes and statuses that it does not tell are the usual ones (README, assumptions).
/// </summary>
internal static class GalleryErrors
{
    public static ArmException NameInvalid() => ComputeErrors.InvalidParameter(
        "Gallery name is invalid. Allowed characters are English alphanumeric characters, with underscores, and periods " +
        "allowed in the middle, up to 80 characters total. All other special characters, including dashes, are disallowed.",
        "galleryName");

    public static ArmException NameTrailing(string name, char character) => GatewayErrors.Gateway(
        400,
        "InvalidResourceName",
        $"The provided resource name '{name}' has these invalid trailing characters: '{character}'. " +
        $"The name can not end with characters: '{character}'.");

    public static ArmException NameTaken(string name, string subscription) => ComputeErrors.Conflict(
        $"The gallery name '{name}' is not unique within the subscription '{subscription}'. Please pick another gallery name.");

    /// <summary>Text since 2023, as users of Terraform and of the Python SDK paste it, 409; five ids are told at most.</summary>
    public static ArmException HasNested(IEnumerable<string> ids) => GatewayErrors.Gateway(
        409,
        "CannotDeleteResource",
        "Cannot delete resource while nested resources exist. Some existing nested resource IDs include: " +
        $"'{string.Join(", ", ids.Take(5))}'. Please delete all nested resources before deleting this resource.");

    /// <summary>Assumption: that it is refused is documented, its answer is not.</summary>
    public static ArmException HasSoftDeleted(string name) => ComputeErrors.NotAllowed(
        $"Resource '{name}' cannot be deleted because it contains soft-deleted image versions.");

    /// <summary>Assumption: that the gallery must be made for this kind of sharing is documented, the answer is not.</summary>
    public static ArmException SharingNotAllowed(string operation, string permissions) => ComputeErrors.NotAllowed(
        $"Sharing operation '{operation}' is not allowed on a gallery whose sharing permissions are '{permissions}'.",
        "sharingUpdate.operationType");

    /// <summary>Assumption: the answer to a shared or community gallery that the caller cannot see is not known.</summary>
    public static ArmException PublicNotFound(string uniqueId) =>
        ComputeErrors.NotFound($"The resource '{uniqueId}' was not found.");

    public static ArmException DateInvalid(string value, string property) => ComputeErrors.InvalidParameter(
        $"Could not convert string to DateTimeOffset: {value}. Path 'properties.{property}'.", $"properties.{property}");

    public static ArmException EndOfLifePast(string target) =>
        ComputeErrors.InvalidParameter("EndOfLifeDate must be set to a future date.", target);

    /// <summary>The quotes inside the text are Azure's (pasted by users of Terraform, 404).</summary>
    public static ArmException NotAvailable(string id, string region, string target) => ComputeErrors.Refuse(
        404,
        "GalleryImageNotFound",
        $"\"The gallery image {id} is not available in {region} region. Please contact image owner to replicate to this " +
        "region, or change your requested region.\"",
        target);

    public static ArmException NoLatest(string id, string target) => ComputeErrors.Refuse(
        404, "GalleryImageNotFound", $"There is no latest image version exists for \"{id}\".", target);
}
